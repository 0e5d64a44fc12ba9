package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A finding of a research. Fields that the server omits are null or empty. Immutable.
 *
 * @param topic what it concerns
 * @param finding what was found
 * @param confidence how sure it is, from 0 to 1
 * @param relevance how much it has to do with the question
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ResearchFinding(
        @Nullable String topic,
        @Nullable String finding,
        @Nullable Double confidence,
        @Nullable String relevance,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ResearchFinding {
        additionalProperties = Copies.of(additionalProperties);
    }
}
