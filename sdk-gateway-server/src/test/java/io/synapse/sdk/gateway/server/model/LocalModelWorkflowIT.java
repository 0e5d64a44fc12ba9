package io.synapse.sdk.gateway.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.gateway.WorkflowType;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A workflow from HTTP over the tokens of a real model and back. */
@Tag("one-jdk")
@Timeout(300)
class LocalModelWorkflowIT {
    @Test
    void eachStepIsAnsweredByTheModel() {
        Path file = LocalModelFile.path();
        List<WorkflowEvent.StepCompleted> steps = new ArrayList<>();
        try (ModelAgent agent = ModelAgent.builder().model(LocalModel.of(file)).build();
                EmbeddedGateway gateway = EmbeddedGateway.builder().agent(agent).start();
                GatewayClient client = GatewayClient.builder()
                        .baseUrl(gateway.baseUrl())
                        .gatewayToken(gateway.token())
                        .build();
                WorkflowStream events = client.streamWorkflow(
                        WorkflowRequest.of("add two numbers").workflowType(WorkflowType.SWARM))) {
            for (WorkflowEvent event : events) {
                if (event instanceof WorkflowEvent.StepCompleted step) {
                    steps.add(step);
                }
            }

            assertThat(events.isSuccessful()).isTrue();
        }
        assertThat(steps)
                .extracting(WorkflowEvent.StepCompleted::step)
                .containsExactlyInAnyOrder("plan", "code", "analyze");
        assertThat(steps)
                .allSatisfy(step -> assertThat(String.valueOf(step.result().get("source")))
                        .startsWith("model:")
                        .contains(file.getFileName().toString().replaceFirst("\\.gguf$", "")));
    }
}
