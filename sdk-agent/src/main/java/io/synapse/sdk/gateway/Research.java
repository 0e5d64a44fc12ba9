package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The results of a {@link ResearchRequest}. Fields that the server omits are null or empty. Immutable.
 *
 * @param query the question
 * @param depth how thorough it was
 * @param results what was found
 * @param sourcesConsulted how many sources were consulted
 * @param researchedAt when it was made
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Research(
        @Nullable String query,
        @Nullable ResearchDepth depth,
        List<ResearchFinding> results,
        @Nullable Integer sourcesConsulted,
        @Nullable Instant researchedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Research {
        results = Copies.of(results);
        additionalProperties = Copies.of(additionalProperties);
    }
}
