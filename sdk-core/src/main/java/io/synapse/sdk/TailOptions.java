package io.synapse.sdk;

import java.time.Duration;

/**
 * How to follow a log. Immutable.
 *
 * @param protocol the way
 * @param limits how much may be delivered
 * @param idleTimeout the silence after which a connection counts as dead and is made anew, when its server sends
 *     heartbeats; on a server that sends none it is at first twice as long, and doubles (to 10 minutes at most) while
 *     nothing new comes. Positive, at most 300 s.
 * @param reconnectTimeout how long a broken stream tries to go on without getting any further before it gives up with
 *     the last error; not negative
 */
public record TailOptions(TailProtocol protocol, StreamLimits limits, Duration idleTimeout, Duration reconnectTimeout) {
    /** The longest {@code idleTimeout}: 300 s. */
    public static final Duration MAX_IDLE_TIMEOUT = Duration.ofSeconds(300);

    /** Automatic protocol, default limits, 30 s of silence, 5 minutes of reconnecting. */
    public static final TailOptions DEFAULT =
            new TailOptions(TailProtocol.AUTO, StreamLimits.DEFAULT, Duration.ofSeconds(30), Duration.ofMinutes(5));

    /**
     * Checks the ranges.
     *
     * @throws BadRequestException when a time is out of its range
     */
    public TailOptions {
        if (idleTimeout.isNegative() || idleTimeout.isZero() || idleTimeout.compareTo(MAX_IDLE_TIMEOUT) > 0) {
            throw BadRequestException.refused(
                    "the idle timeout of a stream must be positive and at most 300 s, not " + idleTimeout);
        }
        if (reconnectTimeout.isNegative()) {
            throw BadRequestException.refused("the reconnect timeout must not be negative: " + reconnectTimeout);
        }
    }

    /** The same options with another protocol. */
    public TailOptions protocol(TailProtocol other) {
        return new TailOptions(other, limits, idleTimeout, reconnectTimeout);
    }

    /** The same options with other limits. */
    public TailOptions limits(StreamLimits other) {
        return new TailOptions(protocol, other, idleTimeout, reconnectTimeout);
    }

    /** The same options with another idle timeout. */
    public TailOptions idleTimeout(Duration other) {
        return new TailOptions(protocol, limits, other, reconnectTimeout);
    }

    /** The same options with another reconnect timeout. */
    public TailOptions reconnectTimeout(Duration other) {
        return new TailOptions(protocol, limits, idleTimeout, other);
    }
}
