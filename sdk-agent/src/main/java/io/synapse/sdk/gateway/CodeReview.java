package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A review of code. Fields that the server omits are null or empty. Immutable.
 *
 * @param language the language
 * @param reviewType how thorough it is: {@code quick}, {@code standard} or {@code comprehensive}
 * @param codeLength the length of the code in Unicode code points
 * @param issues what is to be improved
 * @param overallScore from 0 to 100
 * @param reviewedAt when it was made; the original sends the local time of its machine without an offset, which is read
 *     here as UTC
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record CodeReview(
        @Nullable String language,
        @Nullable String reviewType,
        @Nullable Long codeLength,
        List<ReviewIssue> issues,
        @Nullable Double overallScore,
        @Nullable Instant reviewedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public CodeReview {
        issues = Copies.of(issues);
        additionalProperties = Copies.of(additionalProperties);
    }
}
