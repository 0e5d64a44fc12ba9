package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's rate limit was exceeded (429). */
public final class RateLimitException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** An exception for a failure. */
    public RateLimitException(Failure failure, @Nullable Duration retryAfter) {
        super(failure);
        this.retryAfter = retryAfter;
    }

    /** The value of {@code Retry-After}; empty if the server sent none. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
