package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerFilter;
import io.synapse.sdk.container.ContainerKind;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import io.synapse.sdk.container.DockerContainer;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.node.Gpu;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.plugin.PluginRelease;
import io.synapse.sdk.plugin.PluginRun;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.resources.RuntimePolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What agents answer becomes typed values, in every form in which they say it. */
class AnswersTest {
    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<Arguments> processesOfAGpu() {
        return Stream.of(
                Arguments.of("{\"42\":{\"memory\":3}}", Map.of("42", Map.of("memory", 3))),
                Arguments.of("[{\"pid\":42}]", List.of(Map.of("pid", 42))),
                Arguments.of("null", null));
    }

    @ParameterizedTest
    @MethodSource("processesOfAGpu")
    void readsTheProcessesOfAGpuInAnyForm(String json, Object expected) {
        answer("{\"nodes\":[{\"node_id\":\"n\",\"gpus\":[{\"index\":0,\"processes_pids\":" + json + "}]}]}");

        Gpu gpu = client.getClusterResources().nodes().get(0).gpus().get(0);

        assertThat(gpu.processesPids()).isEqualTo(expected);
    }

    @Test
    void gpusAreReadNodeByNodeWhereAnAgentSaysThemSo() {
        answer("{\"total_gpus\":1,\"nodes\":[{\"node_id\":\"n\",\"host_name\":\"h\",\"gpus\":[{\"index\":3}]}]}");
        answer("{\"total_gpus\":1,\"nodes\":4}");

        GpuStatus known = client.getGpuStatus();
        GpuStatus other = client.getGpuStatus();

        assertThat(known.gpus()).extracting(Gpu::index).containsExactly(3);
        assertThat(known.additionalProperties()).isEqualTo(Map.of("total_gpus", 1));
        assertThat(other.nodes()).isEmpty();
        assertThat(other.additionalProperties()).isEqualTo(Map.of("total_gpus", 1, "nodes", 4));
    }

    @Test
    void aFractionInThePolicyIsNotLost() {
        answer("{\"max_concurrent_jobs\":3,\"cpu_max_utilization_percent\":92.5,\"resource_cache_ttl_seconds\":0.5}");

        RuntimePolicy policy = client.getRuntimePolicy();

        assertThat(policy.maxConcurrentJobs()).isEqualTo(3);
        assertThat(policy.cpuMaxUtilizationPercent()).isEqualTo(92.5);
        assertThat(policy.resourceCacheTtlSeconds()).isEqualTo(0.5);
    }

    @Test
    void aReleaseBringsItsFirstActionToItsContainer() {
        answer("{\"id\":7,\"plugin\":\"demo\",\"version\":\"1.0.0\",\"code\":\"demo@1.0.0\",\"config\":{\"actions\":"
                + "{\"gradio\":{\"entrypoint\":\"plugin.gradio_interface.app\"},\"train\":{}}}}");

        PluginRelease release = client.getPluginRelease("demo@1.0.0");
        ContainerRequest request = ContainerRequest.ofRelease(release);

        assertThat(release.id()).isEqualTo("7");
        assertThat(request.action()).isEqualTo("gradio");
        assertThat(request.entrypoint()).isEqualTo("plugin/gradio_interface.py");
    }

    @Test
    void aReleaseNamesItsActionsInOrder() {
        answer("{\"code\":\"demo@1\",\"name\":\"Demo\",\"category\":\"export\",\"config\":{\"actions\":"
                + "{\"train\":{\"entrypoint\":\"plugin.train.main\"},\"gradio\":{}}}}");
        answer("{\"plugin\":\"demo\",\"config\":null}");

        PluginRelease release = client.getPluginRelease("demo@1");
        PluginRelease bare = client.getPluginRelease("demo");

        assertThat(release.name()).isEqualTo("Demo");
        assertThat(release.category()).isEqualTo("export");
        assertThat(release.actions())
                .extracting(PluginRelease.Action::name, PluginRelease.Action::file)
                .containsExactly(tuple("train", "plugin/train.py"), tuple("gradio", null));
        assertThat(bare.actions()).isEmpty();
        assertThat(bare.reference()).isEqualTo("demo");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void anActionThatBecameAJobHasALogLikeAnyOther(Operations kind) throws Exception {
        answer("{\"job_id\":\"j1\",\"status\":\"PENDING\"}");
        answer("data: {\"type\":\"log\",\"message\":\"epoch 1\\n\"}\n\ndata: {\"type\":\"complete\"}\n\n");
        answer("{\"submission_id\":\"j1\",\"status\":\"SUCCEEDED\"}");

        PluginRun run = (PluginRun) kind.call(client, "runPluginRelease", "demo@1", PluginRunRequest.of("train"));
        Object log = kind.call(client, "tailJobLogs", run.jobId(), TailOptions.DEFAULT.protocol(TailProtocol.HTTP));

        assertThat(log).isEqualTo(kind == Operations.BLOCKING ? List.of("epoch 1") : JobStatus.SUCCEEDED);
        assertThat(run.additionalProperties()).isEqualTo(Map.of("status", "PENDING"));
    }

    @Test
    void aContainerIsTypedWhateverItsIdIs() {
        answer("{\"id\":7,\"container_id\":\"0a1b\",\"status\":\"exited\",\"kind\":\"code_server\","
                + "\"backend_container_id\":9,\"params\":{\"a\":null},\"metadata\":{\"m\":true},\"labels\":[\"x\"],"
                + "\"error\":\"exit code 1\",\"rebuilt\":false,\"model\":3,\"host_port\":7861,\"extra\":1}");
        answer("{\"id\":\"0a1b\",\"status\":\"paused\"}");
        answer("{}");

        Container known = client.getContainer("7");
        Container other = client.getContainer("0a1b");
        Container bare = client.getContainer("1");

        assertThat(known.id()).isEqualTo("7");
        assertThat(known.containerId()).isEqualTo("0a1b");
        assertThat(known.status()).isEqualTo(ContainerStatus.EXITED);
        assertThat(known.kind()).isEqualTo(ContainerKind.CODE_SERVER);
        assertThat(known.backendContainerId()).isEqualTo(9);
        assertThat(known.params()).containsEntry("a", null);
        assertThat(known.metadata()).isEqualTo(Map.of("m", true));
        assertThat(known.labels()).containsExactly("x");
        assertThat(known.error()).isEqualTo("exit code 1");
        assertThat(known.rebuilt()).isFalse();
        assertThat(known.additionalProperties()).isEqualTo(Map.of("extra", 1));
        assertThat(other.status()).isEqualTo(new ContainerStatus("paused"));
        assertThat(bare.status()).hasToString("unknown");
    }

    @Test
    void aDockerContainerIsTypedInDockersWordsAndKeptInAnyOther() {
        answer("[{\"id\":\"0a1b\",\"name\":\"/demo\",\"image\":\"demo:1\",\"state\":\"running\",\"status\":\"Up 3"
                + " minutes\",\"created\":1763700000,\"labels\":{\"a\":\"b\"},\"ports\":[{\"ip\":\"0.0.0.0\","
                + "\"private_port\":7860,\"public_port\":7861,\"type\":\"tcp\"}]},"
                + "{\"id\":\"2c3d\",\"status\":\"exited\",\"image\":{\"tags\":[]},\"ports\":{\"80/tcp\":null}}]");

        List<DockerContainer> containers = client.listDockerContainers();

        assertThat(containers.get(0)).satisfies(first -> {
            assertThat(first.id()).isEqualTo("0a1b");
            assertThat(first.name()).isEqualTo("demo");
            assertThat(first.image()).isEqualTo("demo:1");
            assertThat(first.state()).isEqualTo("running");
            assertThat(first.status()).isEqualTo("Up 3 minutes");
            assertThat(first.ports()).containsExactly(new DockerContainer.Port("0.0.0.0", 7860, 7861, "tcp"));
            assertThat(first.labels()).isEqualTo(Map.of("a", "b"));
            assertThat(first.created()).isEqualTo(Instant.ofEpochSecond(1_763_700_000));
            assertThat(first.additionalProperties()).isEmpty();
        });
        assertThat(containers.get(1).id()).isEqualTo("2c3d");
        assertThat(containers.get(1).status()).isEqualTo("exited");
        assertThat(containers.get(1).additionalProperties()).containsOnlyKeys("image", "ports");
    }

    @Test
    void theAgentSaysWhatIsDoneToIt() {
        answer("{\"in_progress\":true,\"operation\":\"update\",\"started_at\":\"2026-11-21T06:00:00Z\","
                + "\"api_tag\":\"v1\",\"worker_tag\":null,\"backend\":\"local\"}");
        answer("{\"working_dir\":\"/srv\",\"config_files\":[\"a.yml\"],\"is_gpu_mode\":false}");
        answer("{\"status\":\"success\",\"message\":\"done\",\"up_output\":\"up\"}");

        assertThat(client.getSystemStatus()).satisfies(status -> {
            assertThat(status.inProgress()).isTrue();
            assertThat(status.operation()).isEqualTo("update");
            assertThat(status.startedAt()).isEqualTo("2026-11-21T06:00:00Z");
            assertThat(status.apiTag()).isEqualTo("v1");
            assertThat(status.workerTag()).isNull();
            assertThat(status.additionalProperties()).isEqualTo(Map.of("backend", "local"));
        });
        assertThat(client.getComposeConfig()).satisfies(config -> {
            assertThat(config.workingDir()).isEqualTo("/srv");
            assertThat(config.configFiles()).containsExactly("a.yml");
            assertThat(config.isGpuMode()).isFalse();
        });
        assertThat(client.restartSystem()).satisfies(change -> {
            assertThat(change.status()).isEqualTo("success");
            assertThat(change.message()).isEqualTo("done");
            assertThat(change.pullOutput()).isNull();
            assertThat(change.upOutput()).isEqualTo("up");
        });
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void allPagesAreOfTheSameFilter(Operations kind) throws Exception {
        answer("{\"count\":2,\"next\":\"" + server.url("/containers/?status=running&page_size=100&page=2")
                + "\",\"results\":[{\"id\":1}]}");
        answer("{\"count\":2,\"next\":null,\"results\":[{\"id\":\"2\"}]}");

        Object containers = kind.call(client, "listAllContainers", ContainerFilter.status(ContainerStatus.RUNNING));

        assertThat((List<?>) containers)
                .extracting(container -> ((Container) container).id())
                .containsExactly("1", "2");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/containers/?status=running&page_size=100");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/containers/?status=running&page_size=100&page=2");
    }

    @Test
    void oneOddJobDoesNotCostTheOthers() {
        answer("""
                [{"submission_id": "a", "status": "RUNNING"},
                 {"submission_id": "b", "status": {"submission_id": "no"}, "runtime_env": {"x": NaN},
                  "driver_exit_code": 3221225477, "start_time": "2026-01-02 03:04:05+00:00", "driver_info": "none",
                  "metadata": {"epochs": 3, "tags": ["x"], "none": null}, "message": ["x"], "type": 5},
                 null,
                 {"submission_id": "c", "status": "FAILED", "driver_exit_code": "N/A", "metadata": "none"}]""");

        List<Job> jobs = client.listJobs();

        assertThat(jobs).extracting(Job::submissionId).containsExactly("a", "b", "c");
        Job odd = jobs.get(1);
        assertThat(odd.status()).hasToString("UNKNOWN");
        assertThat(odd.runtimeEnv()).isEqualTo(Map.of("x", Double.NaN));
        assertThat(odd.driverExitCode()).isEqualTo(3221225477L);
        assertThat(odd.startTime()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(odd.metadata()).isEqualTo(Map.of("epochs", "3"));
        assertThat(odd.additionalProperties())
                .containsOnlyKeys("status", "driver_info", "metadata", "message", "type")
                .containsEntry("driver_info", "none");
        assertThat(jobs.get(2).driverExitCode()).isNull();
        assertThat(jobs.get(2).additionalProperties()).isEqualTo(Map.of("driver_exit_code", "N/A", "metadata", "none"));
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    @Test
    void aViewOfAClientHasOptionsOfItsOwnOverTheSameConnections() throws InterruptedException {
        answer("[]");
        answer("[]");

        client.withOptions(options -> options.header("X-Trace", "7")).listJobs();
        client.listJobs();

        assertThat(server.takeRequest().getHeaders().get("X-Trace")).isEqualTo("7");
        RecordedRequest plain = server.takeRequest();
        assertThat(plain.getHeaders().get("X-Trace")).isNull();
        assertThat(plain.getExchangeIndex()).isEqualTo(1); // the second on its connection
    }
}
