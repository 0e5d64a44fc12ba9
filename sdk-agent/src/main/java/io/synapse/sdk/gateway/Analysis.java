package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An analysis of a text. Fields that the server omits are null or empty. Immutable.
 *
 * @param analysisType what it is about
 * @param contentLength the length of the text in Unicode code points
 * @param tokenEstimate about how many tokens a model takes the text for
 * @param findings what was found
 * @param summary in one sentence
 * @param analyzedAt when it was made; the original sends the local time of its machine without an offset, which is read
 *     here as UTC
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Analysis(
        @Nullable AnalysisType analysisType,
        @Nullable Long contentLength,
        @Nullable Long tokenEstimate,
        List<Finding> findings,
        @Nullable String summary,
        @Nullable Instant analyzedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Analysis {
        findings = Copies.of(findings);
        additionalProperties = Copies.of(additionalProperties);
    }
}
