package io.synapse.sdk.it.gateway;

import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowStream;
import java.nio.file.Path;

/** Prints the events of a workflow, and goes on where it was when it was killed. */
final class ReaderProgram {
    private ReaderProgram() {}

    /** The arguments are the gateway's address and token, and the folder of checkpoints. */
    public static void main(String[] arguments) {
        CheckpointStore store = CheckpointStore.inFolder(Path.of(arguments[2]));
        try (GatewayClient client = GatewayClient.builder()
                        .baseUrl(arguments[0])
                        .gatewayToken(arguments[1])
                        .build();
                WorkflowStream events = client.streamWorkflow(WorkflowRequest.of("a todo app"), store, "todo")) {
            for (WorkflowEvent event : events) {
                System.out.println(name(event));
            }
        }
    }

    private static String name(WorkflowEvent event) {
        if (event instanceof WorkflowEvent.StepStarted step) {
            return "started " + step.step();
        }
        if (event instanceof WorkflowEvent.StepCompleted step) {
            return "completed " + step.step();
        }
        return event.getClass().getSimpleName();
    }
}
