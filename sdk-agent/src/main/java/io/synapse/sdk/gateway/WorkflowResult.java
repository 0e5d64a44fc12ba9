package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a workflow that has ended. Fields that the server omits are null or empty. Immutable.
 *
 * @param steps its steps, in the order of the {@link WorkflowType}
 * @param workflowType its type
 * @param workflowCompleted whether all steps have succeeded
 * @param tasksProcessed of a swarm, how many tasks its workers did
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record WorkflowResult(
        List<WorkflowStep> steps,
        @Nullable WorkflowType workflowType,
        boolean workflowCompleted,
        @Nullable Integer tasksProcessed,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public WorkflowResult {
        steps = Copies.of(steps);
        additionalProperties = Copies.of(additionalProperties);
    }
}
