package io.synapse.sdk.gateway.server.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A workflow to be run.
 *
 * @param task the task
 * @param constraints what is to be observed
 * @param type pipeline, parallel or swarm
 * @param workflowId that of a workflow which failed and is to be continued; null for a new one
 */
public record WorkflowOrder(
        String task,
        List<String> constraints,
        String type,
        @Nullable String workflowId) {
    /** Copies the constraints. */
    public WorkflowOrder {
        constraints = List.copyOf(constraints);
    }

    byte[] hash() {
        return RequestHash.of("workflow", task, constraints, type, workflowId == null ? "" : workflowId);
    }
}
