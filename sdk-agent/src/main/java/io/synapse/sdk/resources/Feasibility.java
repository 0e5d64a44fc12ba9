package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether something could run now. An open object: what it says besides depends on the agent. Immutable.
 *
 * @param feasible whether it could run
 * @param allowed whether the policy would let it run; the published Python client asks for this field [P]
 * @param additionalProperties fields that this version does not know
 */
public record Feasibility(
        @Nullable Boolean feasible, @Nullable Boolean allowed, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public Feasibility {
        additionalProperties = Copies.of(additionalProperties);
    }
}
