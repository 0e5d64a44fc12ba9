package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.gateway.AgentHealth;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.ServingStatus;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowResult;
import io.synapse.sdk.gateway.WorkflowStep;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.gateway.WorkflowType;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SDK's own clients and a gateway understand each other, over HTTP and over gRPC. */
class GatewayClientsTest {
    private static EmbeddedGateway gateway;
    private static GatewayClient http;
    private static GrpcGatewayClient grpc;

    @BeforeAll
    static void start() {
        gateway = EmbeddedGateway.builder().allowCommands(true).start();
        http = Clients.http(gateway);
        grpc = Clients.grpc(gateway);
    }

    @AfterAll
    static void stop() {
        http.close();
        grpc.close();
        gateway.close();
    }

    @Test
    void aPlanIsTheSameOverHttpAndGrpc() {
        PlanRequest request = PlanRequest.of("a todo app").constraints(List.of("small"));
        Plan overHttp = http.createPlan(request);
        Plan overGrpc = grpc.createPlan(request);
        assertThat(overHttp.steps()).hasSize(5);
        assertThat(overHttp.createdAt()).isNotNull();
        assertThat(overHttp.additionalProperties()).isEqualTo(Map.of("source", "rules"));
        assertThat(overGrpc.steps()).isEqualTo(overHttp.steps());
        assertThat(overGrpc.additionalProperties()).isEqualTo(overHttp.additionalProperties());
    }

    @Test
    void codeAnalysesAndReviewsAreTheSameOverHttpAndGrpc() {
        assertThat(grpc.generateCode(CodeRequest.of("x").language("java")).code())
                .isEqualTo(
                        http.generateCode(CodeRequest.of("x").language("java")).code())
                .contains("class Main");
        assertThat(grpc.analyze(AnalysisRequest.of("한글 café 😀")).contentLength())
                .isEqualTo(http.analyze(AnalysisRequest.of("한글 café 😀")).contentLength())
                .isEqualTo(9);
        assertThat(grpc.reviewCode(ReviewRequest.of("x = 1 # TODO")).issues())
                .isEqualTo(http.reviewCode(ReviewRequest.of("x = 1 # TODO")).issues())
                .hasSize(2);
    }

    @Test
    void aCommandGivesExitCodeAndBothOutputs() {
        ExecuteRequest request =
                ExecuteRequest.of("python -c \"import sys; print(1); print(2, file=sys.stderr); sys.exit(3)\"");
        for (ExecutionResult result : List.of(http.execute(request), grpc.execute(request))) {
            assertThat(result.success()).isFalse();
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.stdout()).isEqualTo("1\n");
            assertThat(result.stderr()).isEqualTo("2\n");
        }
    }

    @ParameterizedTest
    @EnumSource(GatewayService.class)
    void healthIsServedInBothProtocols(GatewayService service) {
        AgentHealth health = grpc.healthCheck(service);
        assertThat(health.status()).isEqualTo(ServingStatus.SERVING);
        assertThat(http.getAgentHealth(service.name().toLowerCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(grpc.checkHealth(service, "")).isEqualTo(ServingStatus.SERVING);
        assertThat(grpc.checkHealth(service, service.fullName())).isEqualTo(ServingStatus.SERVING);
        assertThatThrownBy(() -> grpc.checkHealth(service, "no.such")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aPlanStreamHasNumberedMessagesAndEndsWithThePlan() {
        List<StreamMessage> messages = new ArrayList<>();
        try (EventStream<StreamMessage> stream = grpc.streamPlan(PlanRequest.of("a todo app"))) {
            stream.forEach(messages::add);
        }
        assertThat(messages).hasSize(6);
        assertThat(messages).extracting(StreamMessage::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(messages).extracting(StreamMessage::progressPercent).startsWith(20.0, 40.0, 60.0, 80.0, 100.0);
        StreamMessage last = messages.get(5);
        assertThat(last.type().value()).isEqualTo("result");
        assertThat(last.content()).contains("\"total_steps\":5");
    }

    @Test
    void aCommandStreamHasTheOutputAsItComesAndTheExitCode() {
        List<StreamMessage> messages = new ArrayList<>();
        ExecuteRequest request = ExecuteRequest.of("python -c 'print(1); import sys; sys.exit(4)'");
        try (EventStream<StreamMessage> stream = grpc.streamExecute(request)) {
            stream.forEach(messages::add);
        }
        assertThat(messages).extracting(StreamMessage::content).contains("1\n");
        assertThat(messages.get(messages.size() - 1).exitCode()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Type.class)
    void aWorkflowHasItsSteps(Type type) {
        WorkflowResult result =
                http.runWorkflow(WorkflowRequest.of("demo").workflowType(new WorkflowType(type.name())));
        assertThat(result.workflowCompleted()).isTrue();
        assertThat(result.steps()).extracting(WorkflowStep::action).containsExactlyElementsOf(type.actions);
        assertThat(result.tasksProcessed()).isEqualTo(type == Type.swarm ? 3 : null);
    }

    enum Type {
        pipeline(List.of("plan", "analyze", "generate_code", "review", "execute")),
        parallel(List.of("plan", "analyze", "generate_code", "review", "execute")),
        swarm(List.of("plan", "code", "analyze"));

        private final List<String> actions;

        Type(List<String> actions) {
            this.actions = actions;
        }
    }

    @Test
    void aStreamOfAWorkflowReportsEachStep() {
        List<WorkflowEvent> events = new ArrayList<>();
        try (WorkflowStream stream = http.streamWorkflow(WorkflowRequest.of("demo"))) {
            stream.forEach(events::add);
            assertThat(stream.isSuccessful()).isTrue();
        }
        assertThat(events).hasSize(12);
        assertThat(events.get(0)).isInstanceOf(WorkflowEvent.Started.class);
        assertThat(events.get(11)).isInstanceOf(WorkflowEvent.Completed.class);
    }

    @Test
    void whoDoesNotKnowTheTokenIsRefused() {
        try (GatewayClient stranger = GatewayClient.builder()
                        .baseUrl(gateway.baseUrl())
                        .gatewayToken("wrong")
                        .build();
                GrpcGatewayClient other = GrpcGatewayClient.builder()
                        .address(GatewayService.CLAUDE, gateway.grpcAddress(GatewayService.CLAUDE))
                        .build()) {
            assertThatThrownBy(stranger::healthCheck).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(() -> other.createPlan(PlanRequest.of("t"))).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void commandsAreRefusedUnlessAllowed() {
        try (EmbeddedGateway strict = EmbeddedGateway.start();
                GatewayClient overHttp = Clients.http(strict);
                GrpcGatewayClient overGrpc = Clients.grpc(strict)) {
            ExecuteRequest request = ExecuteRequest.of("echo x");
            assertThatThrownBy(() -> overHttp.execute(request)).isInstanceOf(AuthorizationException.class);
            assertThatThrownBy(() -> overGrpc.execute(request)).isInstanceOf(AuthorizationException.class);
            assertThat(overHttp.runWorkflow(WorkflowRequest.of("demo")).workflowCompleted())
                    .isTrue();
        }
    }

    @Test
    void aCommandAtItsTimeLimitGivesWhatItHadWritten() {
        ExecuteRequest request = ExecuteRequest.of("python -c \"import time; print(1, flush=True); time.sleep(60)\"")
                .timeout(Duration.ofSeconds(1));
        ExecutionResult result = http.execute(request);
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(result.stdout()).isEqualTo("1\n");
        assertThat(result.stderr()).isEqualTo("Command timed out");
    }
}
