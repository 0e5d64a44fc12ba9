package io.synapse.sdk.internal.tail;

import static io.synapse.sdk.internal.tail.LogSink.UNKNOWN;

import io.synapse.sdk.LogPosition;
import io.synapse.sdk.internal.http.ByteSearch;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was delivered of a log, and what of a connection's text is new. A connection proves that it goes on with the same
 * log in one of these ways:
 *
 * <ul>
 *   <li>It begins where it was asked to, and the log has the same identity; or, on servers that give none, the job has
 *       the same start time, which the reader asks for when {@link #needsStartTime} says so.
 *   <li>It repeats what was delivered, byte for byte, from the beginning.
 *   <li>It repeats what was delivered except for line ends, from a server that may frame its text in another way.
 * </ul>
 *
 * Anything else is another log: {@link LogLostSignal}. What leaves a gap, or comes in the wrong order, is a broken
 * connection: {@link ProtocolException}.
 */
final class ReplayVerifier {
    private enum Mode {
        /** No text has come yet. */
        UNDECIDED,
        GOES_ON,
        REPEATS_BYTES,
        REPEATS_LINES
    }

    private final boolean mayReframe;

    private @Nullable String log;

    /** Bytes of the log that were delivered, as the server counts. */
    private long offset;

    /** Whether the server has counted all that was delivered. */
    private boolean counted = true;

    /** Whether the offset is that of the last byte delivered. */
    private boolean offsetKnown = true;

    /** Bytes of text that were delivered, and their checksum; null when the beginning of the log was not among them. */
    private long length;

    private @Nullable Integer checksum = 0;

    /** The same without line ends; null when that is not known. */
    private @Nullable LineContent content = new LineContent();

    /** Where this connection was asked to begin. */
    private long asked;

    private Mode mode = Mode.GOES_ON;
    private long announced = UNKNOWN;
    private boolean logConfirmed;
    private boolean needsStartTime;
    private boolean startsOver;

    /** The end of this connection's last piece, once it has sent one with an offset. */
    private long connectionEnd = UNKNOWN;

    private final CRC32C repeated = new CRC32C();
    private long repeatedLength;
    private long endsToRepeat;
    private byte lastRepeated;
    private LineContent rebuilt = new LineContent();

    /**
     * Nothing was delivered yet.
     *
     * @param mayReframe whether the same log may come in another way, with other line ends, although this one counts
     */
    ReplayVerifier(boolean mayReframe) {
        this.mayReframe = mayReframe;
    }

    /** What is before this position was delivered by another stream. */
    void begin(LogPosition position) {
        log = position.log();
        length = position.length();
        checksum = position.checksum();
        offset = Math.max(position.offset(), 0);
        content = length == 0 ? new LineContent() : null;
        startsOver = position.offset() < 0 || log == null;
    }

    /** Whether nothing was delivered yet. */
    boolean isAtStart() {
        return length == 0;
    }

    @Nullable
    String log() {
        return log;
    }

    /** Where to ask a connection to begin; 0 on servers that do not count, and where only a repetition is a proof. */
    long offset() {
        return counted && !startsOver ? offset : 0;
    }

    /** CRC-32C of the bytes of the log before {@link #offset}; null when they are not the bytes that were delivered. */
    @Nullable
    Integer checksum() {
        return offset() == length ? checksum : null;
    }

    /** A new connection begins, which was asked for the text after {@link #offset}. */
    void connected() {
        asked = offset();
        mode = Mode.UNDECIDED;
        announced = UNKNOWN;
        logConfirmed = false;
        needsStartTime = false;
        connectionEnd = UNKNOWN;
        repeated.reset();
        repeatedLength = 0;
        lastRepeated = 0;
        rebuilt = new LineContent();
    }

    /**
     * The connection says what it gives out.
     *
     * @param anywhere whether it may begin anywhere, as nothing was delivered yet
     */
    void start(@Nullable String given, long start, boolean anywhere) throws IOException {
        logConfirmed = given != null && given.equals(log);
        if (given != null && log != null && !logConfirmed) {
            throw new LogLostSignal("another log has taken its place");
        }
        log = length == 0 && given != null ? given : log;
        announced = start;
        if (anywhere && start > 0 && length == 0 && given != null) {
            offset = start;
            length = start;
            asked = start;
            checksum = null;
            content = null;
            logConfirmed = true;
        } else if (start > offset) {
            throw gap(start);
        }
    }

    /**
     * How many bytes at the beginning of a piece were delivered before. The others count as delivered once
     * {@link #delivered} was called for them.
     *
     * @param end the offset of its end, or {@link LogSink#UNKNOWN}
     */
    int repeated(byte[] bytes, int from, int size, long end) throws IOException {
        if (end == UNKNOWN) {
            return repeatedUncounted(bytes, from, size);
        }
        if (mode == Mode.UNDECIDED) {
            decide(bytes, from, size, end);
        }
        int number = end - size == connectionEnd ? 0 : overlap(bytes, from, size, end);
        connectionEnd = Math.max(connectionEnd, end);
        if (number < size && mode != Mode.GOES_ON) {
            number += passOver(bytes, from + number, size - number);
        }
        if (mode == Mode.GOES_ON) {
            offset = Math.max(offset, connectionEnd);
        }
        return number;
    }

    /** These bytes were delivered. */
    void delivered(byte[] bytes, int from, int size) {
        length += size;
        if (checksum != null) {
            checksum = Checksum.append(checksum, bytes, from, size);
        }
        if (content != null) {
            if (counted && !mayReframe) {
                content = null; // it is cheaper not to know
            } else {
                content.append(bytes, from, size);
            }
        }
    }

    /** Not all of the last piece was delivered. */
    void truncated() {
        offsetKnown = false;
    }

    /** The place in the log that is followed by the given bytes, which are the last that were delivered. */
    LogPosition position(TextBuffer rest) {
        byte[] bytes = rest.bytes();
        int size = rest.length();
        boolean exact = counted && offsetKnown && replacements(bytes, rest.start(), rest.end()) == 0;
        Integer before = checksum == null ? null : Checksum.remove(checksum, bytes, rest.start(), size);
        return new LogPosition(log, exact ? offset - size : UNKNOWN, length - size, before);
    }

    /** Whether this connection has come as far as all those before. */
    boolean isCaughtUp() {
        return switch (mode) {
            case GOES_ON -> true;
            case REPEATS_BYTES -> false;
            case REPEATS_LINES -> content != null && repeatedLength == content.length();
            case UNDECIDED ->
                length == 0
                        || counted
                                && asked == offset
                                && asked > 0
                                && (announced == UNKNOWN || announced == asked)
                                && (log == null || logConfirmed);
        };
    }

    /** Whether this connection has sent an offset. */
    boolean isCounting() {
        return connectionEnd != UNKNOWN;
    }

    /** Whether the connection is taken for the same log only because of where it begins. */
    boolean needsStartTime() {
        return needsStartTime;
    }

    /** That was found to be so. */
    void startTimeIsSame() {
        needsStartTime = false;
    }

    /** The server says that its log is complete and so long. */
    void checkLength(long end) throws IOException {
        if (end == UNKNOWN || !counted) {
            return;
        }
        if (end < offset) {
            throw new LogLostSignal("it has " + end + " bytes now");
        }
        long reached = mode == Mode.UNDECIDED ? asked : connectionEnd;
        if (end > reached && connectionEnd != UNKNOWN || end > offset) {
            throw gap(end);
        }
    }

    private void decide(byte[] bytes, int from, int size, long end) throws IOException {
        long least = announced == UNKNOWN ? end - size : announced;
        // decoding may have made three bytes of one
        long most = announced == UNKNOWN ? least + 2L * replacements(bytes, from, from + size) : announced;
        boolean atZero = least <= 0 && most >= 0;
        boolean atOffset = counted && least <= offset && most >= offset;
        if (least > 0 && (!counted || least > offset)) {
            throw gap(least);
        }
        if (length == 0 || atZero && (!atOffset || asked == 0)) {
            connectionEnd = 0;
            mode = length == 0 ? Mode.GOES_ON : repetition(counted);
        } else if (!atZero && (atOffset || least == most) && (log == null || logConfirmed)) {
            connectionEnd = offset;
            mode = Mode.GOES_ON;
            needsStartTime = !logConfirmed;
        } else {
            startsOver = true;
            throw new ProtocolException("the server does not say where its text begins, or of which log it is");
        }
    }

    private Mode repetition(boolean bytewise) throws IOException {
        if (!bytewise && content != null) {
            endsToRepeat = content.finalEnds();
            return Mode.REPEATS_LINES;
        }
        if (checksum != null) {
            return Mode.REPEATS_BYTES;
        }
        if (logConfirmed && bytewise) {
            connectionEnd = offset;
            return Mode.GOES_ON;
        }
        throw new LogLostSignal("nothing proves that it is the same log");
    }

    /** How much of a piece came on this connection before. */
    private int overlap(byte[] bytes, int from, int size, long end) throws IOException {
        if (end <= connectionEnd) {
            return size;
        }
        long start = end - size;
        if (start > connectionEnd) {
            throw gap(start);
        }
        if (start + 2L * replacements(bytes, from, from + size) >= connectionEnd) {
            return 0; // it only looks longer than it is
        }
        int number = (int) (connectionEnd - start);
        if (replacements(bytes, from, from + number) > 0) {
            startsOver = true;
            throw new ProtocolException("the server's offsets do not fit to its text");
        }
        return number;
    }

    private int repeatedUncounted(byte[] bytes, int from, int size) throws IOException {
        if (isCounting()) {
            return size; // a greeting: the log itself has offsets on this connection
        }
        if (mode == Mode.UNDECIDED) {
            mode = length == 0 ? Mode.GOES_ON : repetition(false);
        }
        int number = mode == Mode.GOES_ON ? 0 : passOver(bytes, from, size);
        counted &= number == size;
        return number;
    }

    private int passOver(byte[] bytes, int from, int size) throws IOException {
        return mode == Mode.REPEATS_LINES && content != null
                ? passOverLines(content, bytes, from, size)
                : passOverBytes(bytes, from, size);
    }

    private int passOverBytes(byte[] bytes, int from, int size) throws IOException {
        int number = (int) Math.min(size, length - repeatedLength);
        repeated.update(bytes, from, number);
        repeatedLength += number;
        if (content == null && (mayReframe || !isCounting())) {
            rebuilt.append(bytes, from, number);
        }
        if (repeatedLength == length) {
            requireSame(checksum);
            mode = Mode.GOES_ON;
            content = rebuilt.length() > 0 ? rebuilt : content;
        }
        return number;
    }

    private int passOverLines(LineContent before, byte[] bytes, int from, int size) throws IOException {
        int end = from + size;
        int at = from;
        while (at < end && repeatedLength < before.length()) {
            int lineEnd = ByteSearch.indexOfEither(bytes, at, end, '\n', '\r');
            int most = (lineEnd < 0 ? end : lineEnd) - at;
            int number = (int) Math.min(most, before.length() - repeatedLength);
            repeated.update(bytes, at, number);
            repeatedLength += number;
            at += number;
            if (repeatedLength < before.length() && at < end) {
                at++; // the line end
            } else if (repeatedLength == before.length()) {
                requireSame(before.checksum());
                lastRepeated = 0;
            }
        }
        while (at < end && repeatedLength == before.length() && isRepeatedEnd(before, bytes[at])) {
            lastRepeated = bytes[at];
            at++;
        }
        if (at < end) {
            mode = Mode.GOES_ON;
        }
        return at - from;
    }

    private boolean isRepeatedEnd(LineContent before, byte b) {
        if (LineContent.isSecondHalf(lastRepeated, b)) {
            return endsToRepeat > 0 || before.last() == '\n';
        }
        return LineContent.isLineEnd(b) && endsToRepeat-- > 0;
    }

    private void requireSame(@Nullable Integer expected) throws LogLostSignal {
        if (expected == null || (int) repeated.getValue() != expected) {
            throw new LogLostSignal("what the server repeats of it is another text");
        }
        startsOver = false;
    }

    private ProtocolException gap(long start) {
        return new ProtocolException("the server left out bytes of the log: after byte "
                + Math.max(connectionEnd, offset()) + " comes byte " + start);
    }

    /** How many characters there are that may stand for one byte. */
    private static int replacements(byte[] bytes, int from, int to) {
        int number = 0;
        for (int at = from; at < to - 2; at++) {
            // U+FFFD in UTF-8
            number += bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xBF && bytes[at + 2] == (byte) 0xBD ? 1 : 0;
        }
        return number;
    }
}
