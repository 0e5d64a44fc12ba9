package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a workload could run now. An open object: other fields depend on the agent. Immutable.
 *
 * @param feasible whether it could run
 * @param allowed whether the policy allows it to run; the published Python client reads this field [P]
 * @param additionalProperties fields unknown to this version
 */
public record Feasibility(
        @Nullable Boolean feasible, @Nullable Boolean allowed, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Feasibility {
        additionalProperties = Copies.of(additionalProperties);
    }
}
