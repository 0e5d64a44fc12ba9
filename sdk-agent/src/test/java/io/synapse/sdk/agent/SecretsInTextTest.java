package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.DockerContainerRequest;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.plugin.PluginRunRequest;
import io.synapse.sdk.serve.ServeApplicationConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No secret is in what the SDK's own values say of themselves. */
class SecretsInTextTest {
    private static final String SECRET = "s3cret-value";
    private static final Map<String, Object> ENVIRONMENT = Map.of("env_vars", Map.of("ANYTHING", SECRET));
    private static final Map<String, Object> PARAMS = Map.of("api_key", SECRET, "rate", 0.1);

    static Stream<Object> values() throws UnreadableJsonException {
        return Stream.of(
                JobSubmission.of("HF_TOKEN=" + SECRET + " python train.py").environmentVariable("ANYTHING", SECRET),
                JobSubmission.of("python train.py --password " + SECRET).metadata(Map.of("token", SECRET)),
                JobSubmission.of("train").runtimeEnv(Map.of("pip", List.of("http://user:" + SECRET + "@pypi/simple"))),
                Json.convert(Map.of("status", "FAILED", "runtime_env", ENVIRONMENT), Job.class),
                Json.convert(Map.of("status", "FAILED", "message", "no such token: " + SECRET), Job.class),
                ContainerRequest.ofRelease("demo@1").envs(Map.of("ANYTHING", SECRET)),
                ContainerRequest.ofRelease("demo@1").params(PARAMS),
                DockerContainerRequest.of("demo@1")
                        .envs(Map.of("ANYTHING", SECRET))
                        .params(PARAMS),
                PluginRunRequest.of("train").params(PARAMS),
                ServeApplicationConfig.of("a", "a:b").runtimeEnv(ENVIRONMENT),
                RequestContent.Multipart.empty().field("token", SECRET).parts(),
                RequestContent.Multipart.empty()
                        .json("envs", Map.of("A", SECRET))
                        .parts(),
                new Failure(
                        401,
                        "no",
                        Map.of("token", SECRET),
                        Map.of("Set-Cookie", List.of("session=" + SECRET)),
                        null,
                        1,
                        false));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueDoesNotShowItsSecrets(Object value) {
        assertThat(value.toString()).doesNotContain(SECRET).hasSizeGreaterThan(4);
    }

    @Test
    void namesAndWhatIsNoSecretAreShown() {
        assertThat(JobSubmission.of("python train.py")
                        .submissionId("train-7")
                        .environmentVariable("A", "b")
                        .toString())
                .isEqualTo("JobSubmission{entrypoint=python train.py, submission_id=train-7,"
                        + " runtime_env={env_vars={A=***}}}");
    }

    static Stream<Class<?>> models() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.synapse.sdk")
                        .stream()
                        .map(JavaClass::reflect)
                        .filter(type -> type.isRecord() && !type.isMemberClass())
                        .filter(type -> Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> component.getName().equals("additionalProperties")))
                        .map(type -> (Class<?>) type);
    }

    /** Whatever a newer server sends that this version does not know. */
    @ParameterizedTest
    @MethodSource("models")
    void noModelShowsSecretsInFieldsThatItDoesNotKnow(Class<?> model) throws UnreadableJsonException {
        Object value = Json.convert(Map.of("access_token", SECRET, "env", Map.of("A", SECRET)), model);

        assertThat(value.toString()).contains("access_token=***").doesNotContain(SECRET);
    }

    @Test
    void whatIsRefusedIsNotRepeated() {
        assertThatThrownBy(() -> AgentClient.builder().header("Bearer " + SECRET, "Authorization"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> AgentClient.builder().header("Authorization", SECRET + "\n"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> ContainerRequest.ofRelease("demo").envs(Map.of("TOKEN=" + SECRET, "x")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining(SECRET);
    }
}
