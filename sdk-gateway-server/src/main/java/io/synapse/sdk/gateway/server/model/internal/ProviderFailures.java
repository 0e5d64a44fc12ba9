package io.synapse.sdk.gateway.server.model.internal;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import java.time.Duration;
import java.util.Optional;

/** What the status of a provider means (wire/gateway.md, section 11, row 19). */
public final class ProviderFailures {
    /** Of Anthropic: more requests of all its users than it can serve. */
    private static final int OVERLOADED = 529;

    private ProviderFailures() {}

    /** The kind of a failure with this HTTP status. */
    public static Kind kind(int status) {
        return switch (status) {
            case 408, 504 -> Kind.DEADLINE;
            case 429, OVERLOADED -> Kind.OVERLOADED;
            default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.UNAVAILABLE;
        };
    }

    /** The time that the provider asks to wait, in whole seconds as providers send it. */
    public static Optional<Duration> retryAfter(ClientException failure) {
        if (failure instanceof RateLimitException limit) {
            return limit.retryAfter();
        }
        return failure.failure()
                .header("Retry-After")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
    }
}
