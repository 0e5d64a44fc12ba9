package io.synapse.sdk;

import io.synapse.sdk.internal.resilience.FallbackFields;
import java.time.Duration;
import java.util.Optional;

/**
 * Says that an answer is not the server's, but one of a {@linkplain Resilience fallback}. Such an answer has it in its
 * {@code additionalProperties}, as {@code fallback}, {@code fallback_age_seconds} and {@code fallback_failure}.
 *
 * @param source {@code cache} for an earlier answer to the same request, {@code rule} for one that the program made
 * @param age how old the answer is; zero for a rule's
 * @param failure the message of the failure that led to it
 */
public record FallbackMark(String source, Duration age, String failure) {
    /** The mark of an answer; empty if it is the server's. */
    public static Optional<FallbackMark> of(Object answer) {
        return FallbackFields.read(answer);
    }
}
