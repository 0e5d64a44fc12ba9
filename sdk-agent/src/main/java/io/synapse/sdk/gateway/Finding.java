package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finding of an analysis. Fields that the server omits are null or empty. Immutable.
 *
 * @param category what it concerns
 * @param severity how serious it is
 * @param description what was found
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Finding(
        @Nullable String category,
        @Nullable Severity severity,
        @Nullable String description,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Finding {
        additionalProperties = Copies.of(additionalProperties);
    }
}
