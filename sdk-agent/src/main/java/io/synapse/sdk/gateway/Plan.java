package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plan for a task. Fields that the server omits are null or empty. Immutable.
 *
 * @param task the task
 * @param steps its steps, in order
 * @param totalSteps how many there are
 * @param estimatedAgents the agents that it needs
 * @param createdAt when it was made; the original sends the local time of its machine without an offset, which is read
 *     here as UTC
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Plan(
        @Nullable String task,
        List<PlanStep> steps,
        @Nullable Integer totalSteps,
        List<String> estimatedAgents,
        @Nullable Instant createdAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Plan {
        steps = Copies.of(steps);
        estimatedAgents = Copies.of(estimatedAgents);
        additionalProperties = Copies.of(additionalProperties);
    }
}
