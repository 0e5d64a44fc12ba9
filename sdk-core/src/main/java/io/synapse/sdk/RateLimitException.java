package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server refuses for now because it is asked too often (429). */
public final class RateLimitException extends ClientException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    /** An exception for a failure. */
    public RateLimitException(Failure failure, @Nullable Duration retryAfter) {
        super(failure);
        this.retryAfter = retryAfter;
    }

    /** How long the server asks to wait, if it says. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
