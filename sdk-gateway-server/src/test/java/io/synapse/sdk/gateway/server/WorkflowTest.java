package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.GatewayException;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.gateway.WorkflowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workflow that fails keeps what is done (wire/gateway.md, row 18 of section 11). */
class WorkflowTest {
    private final GatedAgent agent = GatedAgent.open();
    private final EmbeddedGateway gateway =
            EmbeddedGateway.builder().agent(agent).start();
    private final GatewayClient client = GatewayClient.builder()
            .baseUrl(gateway.baseUrl())
            .gatewayToken(gateway.token())
            .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
            .build();

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    private void failReviews() {
        agent.failureOfReviews.set(
                new AgentException(AgentException.Kind.UNAVAILABLE, "the model cannot be reached", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipeline", "parallel"})
    void aFailedWorkflowIsContinuedWithoutDoingAgainWhatIsDone(String type) {
        WorkflowRequest request = WorkflowRequest.of("demo").workflowType(new WorkflowType(type));
        failReviews();
        GatewayException failed = catchThrowableOfType(GatewayException.class, () -> client.runWorkflow(request));
        assertThat(failed.reason()).isEqualTo("unavailable");
        assertThat(failed.service()).hasValue("gemini");
        assertThat(failed.statusCode()).isEqualTo(503);
        Map<?, ?> fields = (Map<?, ?>) failed.detail().orElseThrow();
        assertThat(fields.get("failed_step")).isEqualTo("review");
        assertThat((List<?>) fields.get("steps"))
                .extracting(step -> String.valueOf(((Map<?, ?>) step).get("action")))
                .containsExactly("plan", "analyze", "generate_code");

        agent.failureOfReviews.set(null);
        String id = failed.workflowId().orElseThrow();
        assertThat(client.runWorkflow(request.continuing(id)).steps()).hasSize(5);
        assertThat(agent.plans).hasValue(1);
        assertThat(agent.reviews).hasValue(2);
        assertThatThrownBy(() -> client.runWorkflow(request.continuing(id))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aWorkflowOfAnotherRequestIsNotContinued() {
        failReviews();
        GatewayException failed =
                catchThrowableOfType(GatewayException.class, () -> client.runWorkflow(WorkflowRequest.of("mine")));
        WorkflowRequest other =
                WorkflowRequest.of("yours").continuing(failed.workflowId().orElseThrow());
        assertThatThrownBy(() -> client.runWorkflow(other)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aStreamWithAFailedStepEndsWithFailedAndCanBeContinued() {
        failReviews();
        WorkflowRequest request = WorkflowRequest.of("demo");
        List<WorkflowEvent> events = new ArrayList<>();
        try (WorkflowStream stream = client.streamWorkflow(request)) {
            stream.forEach(events::add);
            assertThat(stream.isSuccessful()).isFalse();
        }
        WorkflowEvent.Failed last = (WorkflowEvent.Failed) events.get(events.size() - 1);
        assertThat(last.error()).isEqualTo("the model cannot be reached");
        assertThat(events.get(events.size() - 2)).isInstanceOf(WorkflowEvent.StepFailed.class);

        agent.failureOfReviews.set(null);
        String id = String.valueOf(last.additionalProperties().get("workflow_id"));
        List<WorkflowEvent> continued = new ArrayList<>();
        try (WorkflowStream stream = client.streamWorkflow(request.continuing(id))) {
            stream.forEach(continued::add);
            assertThat(stream.isSuccessful()).isTrue();
        }
        assertThat(continued)
                .filteredOn(WorkflowEvent.StepStarted.class::isInstance)
                .hasSize(2);
        assertThat(agent.plans).hasValue(1);
    }
}
