package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Code that was written for a description. Fields that the server omits are null or empty. Immutable.
 *
 * @param language the language asked for; the original writes Python all the same
 * @param code the code
 * @param description the description
 * @param generatedAt when it was written; the original sends the local time of its machine without an offset, which is
 *     read here as UTC
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record GeneratedCode(
        @Nullable String language,
        @Nullable String code,
        @Nullable String description,
        @Nullable Instant generatedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public GeneratedCode {
        additionalProperties = Copies.of(additionalProperties);
    }
}
