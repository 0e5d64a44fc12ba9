package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan. Fields that the server omits are null or empty. Immutable.
 *
 * @param order its number, 1 for the first
 * @param phase the phase that it belongs to
 * @param action what is to be done
 * @param agent the agent that does it
 * @param description what is to be done, in more words
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record PlanStep(
        @Nullable Integer order,
        @Nullable String phase,
        @Nullable String action,
        @Nullable String agent,
        @Nullable String description,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public PlanStep {
        additionalProperties = Copies.of(additionalProperties);
    }
}
