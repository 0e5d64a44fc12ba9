package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a component takes some parameters. Immutable.
 *
 * @param valid whether it does; null if the server says so with its answer alone
 * @param message what the server says of it
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ComponentCheck(
        @Nullable Boolean valid, @Nullable String message, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public ComponentCheck {
        additionalProperties = Copies.of(additionalProperties);
    }
}
