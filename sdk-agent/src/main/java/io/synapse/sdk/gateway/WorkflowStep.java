package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a workflow that has ended. Fields that the server omits are null or empty. Immutable.
 *
 * @param agent the agent that did it
 * @param action what it was: {@code plan}, {@code analyze}, {@code generate_code}, {@code review}, {@code execute} or,
 *     in a swarm, {@code code}
 * @param result its result, by the fields of the server: {@code Models.of(Plan.class, step.result())} is the plan
 * @param worker of a swarm, the number of the worker
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record WorkflowStep(
        @Nullable String agent,
        @Nullable String action,
        Map<String, @Nullable Object> result,
        @Nullable Integer worker,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public WorkflowStep {
        result = Copies.of(result);
        additionalProperties = Copies.of(additionalProperties);
    }
}
