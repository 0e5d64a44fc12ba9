package io.synapse.sdk.internal.http;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * How calls are performed, whatever their protocol.
 *
 * @param callTimeout for a whole call, repeats included; zero for none
 * @param overridesCallTimeouts whether it takes the place of calls' own call timeouts
 * @param retryPolicy how often and how soon to repeat
 * @param listener observes calls and streams
 */
public record CallPolicy(
        Duration callTimeout, boolean overridesCallTimeouts, RetryPolicy retryPolicy, ClientListener listener) {
    /**
     * How long a call may take in all; zero for no limit.
     *
     * @param own the call's own limit
     */
    public Duration callTimeout(Optional<Duration> own) {
        return overridesCallTimeouts ? callTimeout : own.orElse(callTimeout);
    }

    /** The same, but for the options. */
    public CallPolicy with(CallOptions options) {
        Optional<Resilience> resilience = options.resilience();
        Optional<Duration> timeout = options.callTimeout().or(() -> resilience.flatMap(Resilience::deadline));
        Optional<RetryPolicy> retries = options.retryPolicy().or(() -> resilience.flatMap(Resilience::retryPolicy));
        return new CallPolicy(
                timeout.orElse(callTimeout),
                overridesCallTimeouts || timeout.isPresent(),
                retries.orElse(retryPolicy),
                listener);
    }
}
