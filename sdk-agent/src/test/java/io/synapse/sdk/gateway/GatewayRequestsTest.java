package io.synapse.sdk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.agent.Operations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is sent, and which gateway a process uses. */
class GatewayRequestsTest {
    private static final String HALF_A_PAIR = "\ud800";

    static Stream<Arguments> badCalls() {
        return Stream.of(
                Arguments.of("getAgentHealth", ""),
                Arguments.of("getAgentHealth", ".."),
                Arguments.of("getAgentHealth", HALF_A_PAIR));
    }

    static Stream<Arguments> badRequests() {
        return Stream.<Supplier<Object>>of(
                        () -> PlanRequest.of(HALF_A_PAIR),
                        () -> PlanRequest.of("t").constraints(List.of("a", HALF_A_PAIR)),
                        () -> CodeRequest.of("a").language(HALF_A_PAIR),
                        () -> AnalysisRequest.of("x" + HALF_A_PAIR + "x"),
                        () -> AnalysisRequest.of("x").analysisType(new AnalysisType(HALF_A_PAIR)),
                        () -> ReviewRequest.of(HALF_A_PAIR),
                        () -> ExecuteRequest.of(HALF_A_PAIR),
                        () -> ExecuteRequest.of("x").workingDir(HALF_A_PAIR),
                        () -> ProcessRequest.of("m").metadata(Map.of("k", HALF_A_PAIR)),
                        () -> OrchestrationStep.of("a", HALF_A_PAIR),
                        () -> BuildRequest.of("p").environment(Map.of(HALF_A_PAIR, "v")),
                        () -> TestRequest.of("p").testCommand(HALF_A_PAIR),
                        () -> DeployRequest.of(new DeployTarget(HALF_A_PAIR)),
                        () -> ResearchRequest.of("q").sources(List.of(HALF_A_PAIR)),
                        () -> WorkflowRequest.of("t").model(WorkflowRole.CODER, HALF_A_PAIR),
                        () -> WorkflowRequest.of("t").model(new WorkflowRole(HALF_A_PAIR), "m"))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void halfACharacterIsRefused(Supplier<Object> request) {
        assertThatThrownBy(request::get).isInstanceOf(BadRequestException.class).hasMessageContaining("surrogate");
        assertThat(PlanRequest.of("\ud83d\ude00").task()).hasSize(2);
    }

    @Test
    void whatCannotBeDoneIsRefused() {
        assertThatThrownBy(() -> BuildRequest.of(" ")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> TestRequest.of("")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> DeployRequest.of(new DeployTarget(" "))).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> OrchestrationRequest.of(List.of())).isInstanceOf(BadRequestException.class);
    }

    @Test
    void theBytesOfARequestAreItsOwn() {
        byte[] bytes = {1, 2};
        ProcessRequest request = ProcessRequest.of("m").payload(bytes);
        bytes[0] = 9;
        request.payload()[1] = 9;
        assertThat(request.payload()).containsExactly(1, 2);
        assertThat(request).isEqualTo(ProcessRequest.of("m").payload(new byte[] {1, 2}));
    }

    @ParameterizedTest
    @MethodSource("badCalls")
    void whatCannotBeSentIsRefused(String operation, Object argument) throws IOException {
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.json(200, "{}"));
                GatewayClient client =
                        GatewayClient.builder().baseUrl(gateway.url()).build()) {
            for (Operations kind : Operations.values()) {
                assertThatThrownBy(() -> kind.call(client, operation, argument))
                        .isInstanceOf(BadRequestException.class);
            }
            assertThat(gateway.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void aCommandIsNotBlank(String command) {
        assertThatThrownBy(() -> ExecuteRequest.of(command)).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT1.5S", "PT0.999S", "PT2147483648S"})
    void aTimeLimitIsAWholeNumberOfSeconds(Duration limit) {
        assertThatThrownBy(() -> ExecuteRequest.of("pwd").timeout(limit))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("from 1 to 2147483647");
    }

    @Test
    void whatIsNotSetIsNotSent() {
        assertThat(PlanRequest.of("t").properties()).isEqualTo(Map.of("task", "t"));
        assertThat(ExecuteRequest.of("pwd").timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(ExecuteRequest.of("pwd").properties()).isEqualTo(Map.of("command", "pwd"));
        assertThat(WorkflowRequest.of("t")
                        .model(WorkflowRole.PLANNER, "a")
                        .model(WorkflowRole.CODER, "b")
                        .properties())
                .isEqualTo(Map.of("task", "t", "model_config", Map.of("planner", "a", "coder", "b")));
    }

    @Test
    void theEnvironmentNamesAGatewayAndItsToken() throws IOException {
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.json(200, "{}"))) {
            healthCheck(Map.of("SYNAPSE_GATEWAY_URL", " " + gateway.url() + " ", "SYNAPSE_GATEWAY_TOKEN", "s3cret "));
            healthCheck(Map.of("SYNAPSE_GATEWAY_URL", gateway.url(), "SYNAPSE_GATEWAY_TOKEN", " "));

            assertThat(gateway.requests.get(0)).contains("\r\nAuthorization: Bearer s3cret\r\n");
            assertThat(gateway.requests.get(1)).doesNotContain("Authorization");
        }
    }

    private static void healthCheck(Map<String, String> variables) {
        try (GatewayClient client =
                GatewayEnvironment.applyTo(GatewayClient.builder(), variables).build()) {
            client.async().sync().healthCheck();
        }
    }

    @Test
    void anEnvironmentWithoutAGatewayIsRefused() {
        assertThatThrownBy(() -> GatewayEnvironment.applyTo(GatewayClient.builder(), Map.of()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("SYNAPSE_GATEWAY_URL");
    }
}
