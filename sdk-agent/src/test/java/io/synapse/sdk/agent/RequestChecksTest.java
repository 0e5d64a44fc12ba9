package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.plugin.PluginDebugRequest;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.resources.FeasibilityRequest;
import io.synapse.sdk.resources.RuntimePolicyUpdate;
import io.synapse.sdk.resources.WorkloadKind;
import io.synapse.sdk.serve.DeploymentConfig;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import mockwebserver3.MockWebServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid arguments are rejected when they are set, before there is a call. */
class RequestChecksTest {
    private static final FeasibilityRequest FEASIBILITY = FeasibilityRequest.of(WorkloadKind.JOB, 1);
    private static final RuntimePolicyUpdate POLICY = RuntimePolicyUpdate.none();
    private static final PluginRunRequest RUN = PluginRunRequest.of("train");
    private static final ContainerRequest DEMO = ContainerRequest.ofRelease("demo@1");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aContainerOfNothingIsRefused(@Nullable String release) {
        assertThatThrownBy(() -> ContainerRequest.ofRelease(release))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("a container needs a plugin release or an archive");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoJsonNumberIsNeverSent(double number) throws IOException {
        Map<String, @Nullable Object> values = Map.of("x", List.of(1, number));
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            AgentClient client = AgentClient.builder()
                    .baseUrl(server.url("/").toString())
                    .agentToken("token")
                    .build();
            try (client) {
                List<ThrowingCallable> requests = List.of(
                        () -> JobSubmission.of("true").runtimeEnv(values),
                        () -> client.updateRuntimePolicy(POLICY.field("x", values)),
                        () -> client.async()
                                .runPluginRelease("demo", RUN.params(values))
                                .get(),
                        () -> client.createContainer(DEMO.metadata(values)));

                assertThat(requests)
                        .allSatisfy(request -> assertThatThrownBy(request).satisfies(failure -> {
                            Throwable refused = failure instanceof ExecutionException ? failure.getCause() : failure;
                            assertThat(refused)
                                    .isInstanceOf(BadRequestException.class)
                                    .hasMessageContaining(number + " is no JSON number (")
                                    .hasMessageEndingWith("/x)");
                            assertThat(((BadRequestException) refused).attempts())
                                    .isZero();
                        }));
            }
            assertThat(server.getRequestCount()).isZero();
        }
    }

    @Test
    void anArchiveThatIsNotThereIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("plugin.zip");

        assertThatThrownBy(() -> ContainerRequest.ofArchive(missing))
                .isInstanceOf(BadRequestException.class)
                .cause()
                .isExactlyInstanceOf(NoSuchFileException.class)
                .hasMessage(missing.toString());
    }

    @Test
    void anArchiveThatIsAFolderIsToBePackedFirst(@TempDir Path folder) {
        assertThatThrownBy(() -> ContainerRequest.ofArchive(folder))
                .isInstanceOf(BadRequestException.class)
                .hasMessage("the archive is a folder, to be packed as a zip file first: " + folder);
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void anArchiveThatIsGoneWhenItIsToBeSentIsNamedToo(Operations kind, @TempDir Path folder) throws IOException {
        Path archive = Files.writeString(folder.resolve("plugin.zip"), "not really a zip");
        ContainerRequest request = ContainerRequest.ofArchive(archive);
        Files.delete(archive);
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            try (AgentClient client = AgentClient.builder()
                    .baseUrl(server.url("/").toString())
                    .agentToken("token")
                    .build()) {
                assertThatThrownBy(() -> kind.call(client, "createContainer", request))
                        .isInstanceOf(BadRequestException.class)
                        .hasCauseExactlyInstanceOf(NoSuchFileException.class);
            }
            assertThat(server.getRequestCount()).isZero();
        }
    }

    static Stream<ThrowingCallable> outOfRange() {
        return Stream.of(
                () -> FeasibilityRequest.of(WorkloadKind.JOB, -1),
                () -> FeasibilityRequest.of(WorkloadKind.JOB, Double.NaN),
                () -> FeasibilityRequest.of(WorkloadKind.JOB, Double.POSITIVE_INFINITY),
                () -> FEASIBILITY.numGpus(-0.5),
                () -> FEASIBILITY.numGpus(Double.POSITIVE_INFINITY),
                () -> FEASIBILITY.memoryBytes(-1),
                () -> FEASIBILITY.replicas(0),
                () -> POLICY.maxConcurrentJobs(-1),
                () -> POLICY.cpuMaxUtilizationPercent(100.5),
                () -> POLICY.gpuMaxMemoryPercent(Double.NaN),
                () -> POLICY.resourceCacheTtlSeconds(-1),
                () -> PluginRunRequest.of(" "),
                () -> RUN.timeout(Duration.ZERO),
                () -> RUN.timeout(Duration.ofSeconds(-1)),
                () -> RUN.requirements(List.of("numpy", " ")),
                () -> RUN.jobId("a/b"),
                () -> PluginDebugRequest.of(RUN).pluginPath(" "),
                () -> PluginDebugRequest.of(RUN).modules(Map.of("", "x = 1")),
                () -> ContainerFilter.ALL.and("", "x"),
                () -> DockerContainerRequest.of(" "),
                () -> ContainerRequest.ofRelease("demo@"),
                () -> ContainerRequest.ofRelease("@1.0"),
                () -> ContainerRequest.ofRelease("@"),
                () -> ContainerRequest.ofRelease("a\nb@1"),
                () -> DockerContainerRequest.of("demo@"),
                () -> DockerContainerRequest.of("demo").envs(Map.of("", "v")),
                () -> DEMO.buildTimeout(Duration.ofSeconds(-1)),
                () -> DEMO.model(-1),
                () -> DEMO.backendContainerId(-1),
                () -> DEMO.envs(Map.of("", "v")),
                () -> DEMO.envs(Map.of("A=B", "v")),
                () -> DEMO.envs(Map.of("A\0", "v")),
                () -> DEMO.envs(Map.of("A", "v\0")),
                () -> DEMO.envs(Collections.singletonMap("A", null)),
                () -> DEMO.envs(Collections.singletonMap(null, "v")),
                () -> DEMO.labels(Collections.singletonList(null)),
                () -> DEMO.labels(List.of("")));
    }

    @Test
    void theValueOfAVariableIsNotRepeated() {
        assertThatThrownBy(() -> DEMO.envs(Map.of("TOKEN", "s3cret\0")))
                .hasMessage("the environment variable TOKEN has a NUL in its value");
    }

    static Stream<Object> requestsWithASecret() {
        Map<String, String> secret = Map.of("TOKEN", "s3cret");
        JobSubmission job = JobSubmission.of("true");
        ServeApplicationConfig chat = ServeApplicationConfig.of("chat", "chat:app");
        return Stream.of(
                job.environmentVariable("TOKEN", "s3cret"),
                job.runtimeEnv(Map.of("env_vars", secret)),
                DEMO.envs(secret),
                DockerContainerRequest.of("demo").envs(secret),
                chat.runtimeEnv(Map.of("env_vars", secret)),
                chat.deployment(DeploymentConfig.of("Model").actorOption("runtime_env", Map.of("env_vars", secret))),
                ServeConfig.of(chat.runtimeEnv(Map.of("env_vars", secret))));
    }

    @ParameterizedTest
    @MethodSource("requestsWithASecret")
    void theTextOfARequestNamesAVariableAndMasksItsValue(Object request) {
        assertThat(request.toString())
                .startsWith(request.getClass().getSimpleName() + "{")
                .contains("TOKEN=***")
                .doesNotContain("s3cret");
    }

    @Test
    void requestsAreEqualWhenTheySayTheSame() {
        JobSubmission job = JobSubmission.of("true").metadata(Map.of("a", "b")).entrypointNumCpus(1);

        assertThat(job)
                .isEqualTo(JobSubmission.of("true").entrypointNumCpus(1).metadata(Map.of("a", "b")))
                .hasSameHashCodeAs(JobSubmission.of("true").entrypointNumCpus(1).metadata(Map.of("a", "b")))
                .isNotEqualTo(JobSubmission.of("true").entrypointNumCpus(1));
        assertThat(job.metadata(Map.of()).submissionId("x").submissionId(null))
                .isEqualTo(JobSubmission.of("true").entrypointNumCpus(1));
        assertThat(ContainerRequest.ofRelease("demo@1")).isEqualTo(DEMO).isNotEqualTo(DEMO.params(Map.of()));
        assertThat((Object) DockerContainerRequest.of("demo@1")).isNotEqualTo(DEMO);
    }

    @Test
    void aReleaseNeedsNoVersionAndMayHaveSeveralSigns(@TempDir Path folder) throws IOException {
        Path archive = Files.createFile(folder.resolve("plugin.zip"));

        assertThat(ContainerRequest.ofRelease("demo").pluginRelease()).isEqualTo("demo");
        assertThat(ContainerRequest.ofRelease("a@b@2.0").pluginRelease()).isEqualTo("a@b@2.0");
        assertThat(DEMO.archive(archive).pluginRelease()).isEqualTo("demo@1");
        assertThat(DEMO.archive(archive).archive()).isEqualTo(archive);
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatIsOutOfItsRangeIsABadRequest(ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        failure -> assertThat(failure.attempts()).isZero());
    }

    @Test
    void zeroIsInRangeWhereItMeansNone() {
        assertThat(FeasibilityRequest.of(WorkloadKind.JOB, 0).numGpus(0).memoryBytes(0))
                .isEqualTo(FeasibilityRequest.of(WorkloadKind.JOB, 0).memoryBytes(0));
        assertThat(POLICY.maxConcurrentJobs(0).changes()).containsEntry("max_concurrent_jobs", 0);
    }
}
