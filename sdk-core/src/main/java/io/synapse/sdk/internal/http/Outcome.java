package io.synapse.sdk.internal.http;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What came of one attempt.
 *
 * @param value the result; null when it failed, and when the result is null
 * @param failed how it failed; null when it did not
 * @param statusCode the status of the answer, if there was one
 * @param bytesSent bytes of the request's body
 * @param bytesReceived bytes of the answer's body
 */
public record Outcome<T extends @Nullable Object>(
        T value, @Nullable FailedAttempt failed, OptionalInt statusCode, long bytesSent, long bytesReceived) {
    /** The same attempt, which failed in another way than it seemed. */
    public Outcome<T> failed(FailedAttempt instead) {
        return new Outcome<>(value, instead, statusCode, bytesSent, bytesReceived);
    }
}
