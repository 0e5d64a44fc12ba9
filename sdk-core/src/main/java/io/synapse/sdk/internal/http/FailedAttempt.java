package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How one attempt failed, before it is known whether it was the last.
 *
 * @param failure what is known of it
 * @param passing whether the same request may well succeed a moment later
 * @param retryAfter how long the server asks to wait
 * @param toException makes the exception of it
 */
public record FailedAttempt(
        Failure failure,
        boolean passing,
        Optional<Duration> retryAfter,
        Function<Failure, ClientException> toException) {
    /** The same, where an earlier attempt may have been executed although its reply was lost. */
    public FailedAttempt afterLostReply() {
        return new FailedAttempt(failure.mayHaveBeenExecuted(true), passing, retryAfter, toException);
    }

    /** The same, where it is known otherwise whether the request may succeed a moment later. */
    public FailedAttempt passing(boolean maybe) {
        return new FailedAttempt(failure, maybe, retryAfter, toException);
    }

    /** The exception to throw after so many attempts. */
    public ClientException exception(int attempts) {
        return toException.apply(failure.attempts(attempts));
    }
}
