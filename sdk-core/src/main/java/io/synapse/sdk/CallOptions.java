package io.synapse.sdk;

import io.synapse.sdk.internal.http.HeaderSyntax;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Options of single calls that override those of the client: {@code client.withOptions(options -> …)} returns a view of
 * the client with these options. Immutable; each setter returns a modified copy.
 */
public final class CallOptions {
    /** The client's own options. */
    public static final CallOptions NONE = new CallOptions(null, null, null, Map.of());

    private final @Nullable Duration callTimeout;
    private final @Nullable RetryPolicy retryPolicy;
    private final @Nullable Resilience resilience;
    private final Map<String, String> headers;

    private CallOptions(
            @Nullable Duration callTimeout,
            @Nullable RetryPolicy retryPolicy,
            @Nullable Resilience resilience,
            Map<String, String> headers) {
        this.callTimeout = callTimeout;
        this.retryPolicy = retryPolicy;
        this.resilience = resilience;
        this.headers = headers;
    }

    /**
     * Sets the total time limit of each call, retries and delays included. It replaces the client's call timeout and
     * the limits of single operations. Zero means no limit.
     *
     * @throws BadRequestException when it is negative
     */
    public CallOptions callTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw BadRequestException.refused("the call timeout must not be negative: " + timeout);
        }
        return new CallOptions(timeout, retryPolicy, resilience, headers);
    }

    /** Sets the retry policy, in place of the client's. */
    public CallOptions retryPolicy(RetryPolicy policy) {
        return new CallOptions(callTimeout, Objects.requireNonNull(policy, "retry policy"), resilience, headers);
    }

    /**
     * Passes each call through these layers, in place of those of the client. Their deadline and retry policy apply
     * where these options have none; where the layers have none either, those of the client do, also if the client is a
     * view that got them from other layers. The view has their state: use it for many calls.
     */
    public CallOptions resilience(Resilience layers) {
        return new CallOptions(callTimeout, retryPolicy, Objects.requireNonNull(layers, "resilience"), headers);
    }

    /**
     * Adds a header to each request, log streams included. It replaces a header of the client with that name.
     *
     * @throws BadRequestException when the name or value has characters that a header cannot have
     */
    public CallOptions header(String name, String value) {
        HeaderSyntax.check(name, value);
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new CallOptions(callTimeout, retryPolicy, resilience, more);
    }

    /** The total time limit of each call; empty for the client's. */
    public Optional<Duration> callTimeout() {
        return Optional.ofNullable(callTimeout);
    }

    /** The retry policy; empty for the client's. */
    public Optional<RetryPolicy> retryPolicy() {
        return Optional.ofNullable(retryPolicy);
    }

    /** The layers that calls pass; empty for the client's. */
    public Optional<Resilience> resilience() {
        return Optional.ofNullable(resilience);
    }

    /** The headers added to the client's; unmodifiable. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }
}
