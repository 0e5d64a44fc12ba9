package io.synapse.sdk.internal.operation;

import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.http.FailedAttempt;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Whether, and after which pause, a failed request is sent again or a cut stream is continued: pure functions, the only
 * place where this is decided.
 */
public final class RetryDecision {
    /** So long a server keeps a stream alive that nobody reads (wire/gateway.md, section 7). */
    public static final Duration RECONNECT_TIMEOUT = Duration.ofSeconds(60);

    /** Limited by that time, not by a number of attempts. */
    private static final RetryPolicy RECONNECT = RetryPolicy.DEFAULT.maxAttempts(Integer.MAX_VALUE);

    private RetryDecision() {}

    /**
     * Decides.
     *
     * @param policy what the user allows
     * @param failed how the last attempt failed
     * @param attempt its number, 1 for the first
     * @param repeatable whether sending the request twice is the same as sending it once
     * @param left what is left of the call's total time
     * @param random from 0 to 1, for the jitter
     * @return the pause before the next attempt; empty to stop
     */
    public static Optional<Duration> pauseAfter(
            RetryPolicy policy, FailedAttempt failed, int attempt, boolean repeatable, Duration left, double random) {
        boolean safe = repeatable || !failed.failure().mayHaveBeenExecuted();
        if (!failed.passing() || !safe || attempt >= policy.maxAttempts()) {
            return Optional.empty();
        }
        Duration pause = failed.retryAfter().orElseGet(() -> delay(policy, attempt, random));
        boolean tooLong = failed.retryAfter().isPresent() && pause.compareTo(policy.maxRetryAfter()) > 0;
        return tooLong || pause.compareTo(left) >= 0 ? Optional.empty() : Optional.of(pause);
    }

    /**
     * Decides for a stream that can be continued: at once after a connection that brought something, else with back-off.
     * The circuit of its server, which alone has it, may be closed again in time.
     *
     * @param failed how the last connection failed
     * @param attempts the connections since the last message; 0 if the one that failed brought something
     * @param left what is left of {@link #RECONNECT_TIMEOUT}
     * @param random from 0 to 1, for the jitter
     * @return the pause before the next connection; empty to stop
     */
    public static Optional<Duration> pauseBeforeContinuing(
            FailedAttempt failed, int attempts, Duration left, double random) {
        FailedAttempt maybePassing =
                failed.exception(attempts) instanceof CircuitOpenException ? failed.passing(true) : failed;
        return attempts == 0 && failed.passing() && failed.retryAfter().isEmpty()
                ? Optional.of(Duration.ZERO)
                : pauseAfter(RECONNECT, maybePassing, attempts, true, left, random);
    }

    /** How long a cut stream is tried to be continued: not longer than a call may take, where that was set for all calls. */
    public static Duration reconnectTimeout(CallPolicy policy) {
        Duration limit = policy.callTimeout(Optional.of(RECONNECT_TIMEOUT));
        return limit.isZero() || limit.compareTo(RECONNECT_TIMEOUT) > 0 ? RECONNECT_TIMEOUT : limit;
    }

    /**
     * The delay of a policy.
     *
     * @param attempt the number of the attempt that failed, 1 for the first
     * @param random from 0 to 1, for the jitter
     */
    public static Duration delay(RetryPolicy policy, int attempt, double random) {
        double doubled = policy.initialDelay().toNanos() * Math.pow(2, attempt - 1.0);
        double capped = Math.min(doubled, policy.maxDelay().toNanos());
        OptionalDouble factor = policy.randomizationFactor();
        double share = factor.isPresent() ? 1 + factor.getAsDouble() * (2 * random - 1) : random;
        return Duration.ofNanos((long) (capped * share));
    }
}
