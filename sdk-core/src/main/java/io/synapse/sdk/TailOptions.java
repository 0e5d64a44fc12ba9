package io.synapse.sdk;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How to follow a log: {@code TailOptions.DEFAULT.lastLines(10).idleTimeout(…)}. Each method returns a copy. Immutable.
 *
 * <p>Where a stream begins is one of {@link #fromStart()}, {@link #lastLines(int)}, {@link #fromNow()} and
 * {@link #from(LogPosition)}; the last one called holds. There is no beginning by time, as {@code kubectl logs --since}
 * has: neither kind of server keeps the times of lines.
 */
public final class TailOptions {
    /** The longest {@code idleTimeout}: 300 s. */
    public static final Duration MAX_IDLE_TIMEOUT = Duration.ofSeconds(300);

    /** From the start, automatic protocol, the client's limits, 30 s of silence, 5 minutes of reconnecting. */
    public static final TailOptions DEFAULT =
            new TailOptions(TailProtocol.AUTO, null, Duration.ofSeconds(30), Duration.ofMinutes(5), -1, null);

    private final TailProtocol protocol;
    private final @Nullable StreamLimits limits;
    private final Duration idleTimeout;
    private final Duration reconnectTimeout;
    private final int lastLines;
    private final @Nullable LogPosition position;

    private TailOptions(
            TailProtocol protocol,
            @Nullable StreamLimits limits,
            Duration idleTimeout,
            Duration reconnectTimeout,
            int lastLines,
            @Nullable LogPosition position) {
        if (idleTimeout.isNegative() || idleTimeout.isZero() || idleTimeout.compareTo(MAX_IDLE_TIMEOUT) > 0) {
            throw BadRequestException.refused(
                    "the idle timeout of a stream must be positive and at most 300 s, not " + idleTimeout);
        }
        if (reconnectTimeout.isNegative()) {
            throw BadRequestException.refused("the reconnect timeout must not be negative: " + reconnectTimeout);
        }
        this.protocol = protocol;
        this.limits = limits;
        this.idleTimeout = idleTimeout;
        this.reconnectTimeout = reconnectTimeout;
        this.lastLines = lastLines;
        this.position = position;
    }

    /** The protocol; {@link TailProtocol#AUTO} by default. */
    public TailProtocol protocol() {
        return protocol;
    }

    /** How much may be delivered; empty for the client's limits. */
    public Optional<StreamLimits> limits() {
        return Optional.ofNullable(limits);
    }

    /**
     * The silence after which a connection counts as dead and is made anew, when its server sends heartbeats; on a
     * server that sends none it is at first twice as long, and doubles (to 10 minutes at most) while nothing new comes.
     * A server that sends heartbeats and nothing else for so long is asked for the job's status.
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /** How long a broken stream tries to go on without getting any further before it gives up with the last error. */
    public Duration reconnectTimeout() {
        return reconnectTimeout;
    }

    /** How many of the lines that are there already are delivered; empty when it is not that which decides. */
    public OptionalInt lastLines() {
        return lastLines < 0 ? OptionalInt.empty() : OptionalInt.of(lastLines);
    }

    /** Behind which position the stream begins; empty when it is not that which decides. */
    public Optional<LogPosition> position() {
        return Optional.ofNullable(position);
    }

    /** The same options with another protocol. */
    public TailOptions protocol(TailProtocol other) {
        return new TailOptions(other, limits, idleTimeout, reconnectTimeout, lastLines, position);
    }

    /** The same options with other limits, in place of the client's. */
    public TailOptions limits(StreamLimits other) {
        return new TailOptions(protocol, other, idleTimeout, reconnectTimeout, lastLines, position);
    }

    /**
     * The same options with another idle timeout.
     *
     * @throws BadRequestException when it is not positive, or above {@link #MAX_IDLE_TIMEOUT}
     */
    public TailOptions idleTimeout(Duration other) {
        return new TailOptions(protocol, limits, other, reconnectTimeout, lastLines, position);
    }

    /**
     * The same options with another reconnect timeout.
     *
     * @throws BadRequestException when it is negative
     */
    public TailOptions reconnectTimeout(Duration other) {
        return new TailOptions(protocol, limits, idleTimeout, other, lastLines, position);
    }

    /** The same options from the first line of the log. This is the default. */
    public TailOptions fromStart() {
        return new TailOptions(protocol, limits, idleTimeout, reconnectTimeout, -1, null);
    }

    /**
     * The same options from the last lines that are there when the stream begins, as {@code kubectl logs -f --tail}
     * does: at most so many lines, then all that come. A line without its end counts.
     *
     * <p>A server that cannot start there sends its log from the beginning. Then what comes before these lines is read,
     * left out, and counted in {@link LogStatistics#skippedBytes()}; the lines there are those that come until the
     * server has nothing more to send at once. At most 16 MiB of them are kept.
     *
     * @throws BadRequestException when the number is negative
     */
    public TailOptions lastLines(int lines) {
        if (lines < 0) {
            throw BadRequestException.refused("the number of last lines must not be negative: " + lines);
        }
        return new TailOptions(protocol, limits, idleTimeout, reconnectTimeout, lines, null);
    }

    /** The same options from what comes after the stream begins: {@code lastLines(0)}. */
    public TailOptions fromNow() {
        return lastLines(0);
    }

    /**
     * The same options from behind a position that an earlier stream of the same log has given, perhaps in another
     * program: no line comes twice and none is lost. If what the server has before that position is not what the
     * earlier stream delivered, the stream ends with a {@link LogLostException}.
     */
    public TailOptions from(LogPosition other) {
        return new TailOptions(protocol, limits, idleTimeout, reconnectTimeout, -1, other);
    }

    @Override
    public String toString() {
        return "TailOptions[protocol=" + protocol + ", limits=" + limits + ", idleTimeout=" + idleTimeout
                + ", reconnectTimeout=" + reconnectTimeout + ", lastLines=" + lastLines + ", position=" + position
                + "]";
    }
}
