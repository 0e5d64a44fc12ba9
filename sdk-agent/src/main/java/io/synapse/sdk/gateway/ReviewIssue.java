package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An issue of a review. Fields that the server omits are null or empty. Immutable.
 *
 * @param type what it concerns
 * @param severity how serious it is
 * @param line the line of the code, 1 for the first
 * @param message what is to be improved
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ReviewIssue(
        @Nullable String type,
        @Nullable Severity severity,
        @Nullable Integer line,
        @Nullable String message,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ReviewIssue {
        additionalProperties = Copies.of(additionalProperties);
    }
}
