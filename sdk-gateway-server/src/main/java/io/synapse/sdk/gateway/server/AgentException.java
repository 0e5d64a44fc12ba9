package io.synapse.sdk.gateway.server;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that an agent could not answer. The message is told to callers, so it has no secret. */
public final class AgentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final @Nullable Duration retryAfter;
    private final String partialText;

    /** Why a request failed. */
    public enum Kind {
        /** Who is to answer cannot be reached. */
        UNAVAILABLE,
        /** It took too long. */
        DEADLINE,
        /** Who is to answer has too much to do. */
        OVERLOADED,
        /** Who is to answer does not want to: a wrong key, a forbidden content. */
        REFUSED,
        /** The answer is not of the form that was asked for. */
        INVALID,
        /** Anything else. */
        INTERNAL
    }

    /**
     * A failed request.
     *
     * @param kind why it failed
     * @param message why, in one sentence without secrets
     * @param cause what was thrown; null for nothing
     */
    public AgentException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, cause, null, "");
    }

    private AgentException(
            Kind kind, String message, @Nullable Throwable cause, @Nullable Duration retryAfter, String partialText) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.retryAfter = retryAfter;
        this.partialText = partialText;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** After which time another attempt may succeed; empty when that is not known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** What of the answer had come before it failed; empty when nothing had. */
    public String partialText() {
        return partialText;
    }

    /**
     * The same with a time after which another attempt may succeed.
     *
     * @param wait not negative
     */
    public AgentException retryAfter(Duration wait) {
        return copy(Objects.requireNonNull(wait, "wait"), partialText);
    }

    /** The same with what of the answer had come. */
    public AgentException partialText(String text) {
        return copy(retryAfter, Objects.requireNonNull(text, "text"));
    }

    private AgentException copy(@Nullable Duration wait, String text) {
        AgentException copy = new AgentException(kind, String.valueOf(getMessage()), getCause(), wait, text);
        copy.setStackTrace(getStackTrace());
        return copy;
    }
}
