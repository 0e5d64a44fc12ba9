package io.synapse.sdk;

import io.synapse.sdk.internal.http.HeaderSyntax;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is different for some calls than for the others of a client: {@code client.withOptions(options -> …)} gives a view of
 * the client whose calls have these options. Immutable; every method returns changed options.
 */
public final class CallOptions {
    /** Nothing is different. */
    public static final CallOptions NONE = new CallOptions(null, null, Map.of());

    private final @Nullable Duration callTimeout;
    private final @Nullable RetryPolicy retryPolicy;
    private final Map<String, String> headers;

    private CallOptions(
            @Nullable Duration callTimeout, @Nullable RetryPolicy retryPolicy, Map<String, String> headers) {
        this.callTimeout = callTimeout;
        this.retryPolicy = retryPolicy;
        this.headers = headers;
    }

    /**
     * How long each call may take in all, repeats and pauses included, in place of the client's call timeout and of the
     * limits that some calls have of their own; zero for no limit.
     *
     * @throws BadRequestException when it is negative
     */
    public CallOptions callTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw BadRequestException.refused("the call timeout must not be negative: " + timeout);
        }
        return new CallOptions(timeout, retryPolicy, headers);
    }

    /** How often and how soon a failed request is sent again, in place of the client's policy. */
    public CallOptions retryPolicy(RetryPolicy policy) {
        return new CallOptions(callTimeout, Objects.requireNonNull(policy, "retry policy"), headers);
    }

    /**
     * One more header for each request, log streams included; it takes the place of the client's of that name.
     *
     * @throws BadRequestException when the name or value has characters that a header cannot have
     */
    public CallOptions header(String name, String value) {
        HeaderSyntax.check(name, value);
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new CallOptions(callTimeout, retryPolicy, more);
    }

    /** The time for each call, if it is not the client's. */
    public Optional<Duration> callTimeout() {
        return Optional.ofNullable(callTimeout);
    }

    /** The policy for repeats, if it is not the client's. */
    public Optional<RetryPolicy> retryPolicy() {
        return Optional.ofNullable(retryPolicy);
    }

    /** The headers on top of the client's; cannot be changed. */
    public Map<String, String> headers() {
        return Map.copyOf(headers);
    }
}
