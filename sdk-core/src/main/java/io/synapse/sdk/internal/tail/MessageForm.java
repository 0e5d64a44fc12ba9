package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.http.ByteSearch;
import io.synapse.sdk.internal.tail.LogSink.Form;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out whether a server's messages are exact text or lines without their ends (wire/agent.md, section 5): once a
 * message has held a newline, messages are exact text; before that, each is a line.
 *
 * <p>The first messages of a server that cuts its text anywhere may hold no newline, and would be torn into lines. So
 * the first ones are held back for a moment, until a newline decides or they have waited long enough.
 */
final class MessageForm {
    /** What is held at most. */
    static final int MAX_HELD_MESSAGES = 64;

    static final int MAX_HELD_BYTES = 8 << 10;

    /** How long the first messages wait for the next one, and for all of them together. */
    static final Duration MAX_QUIET = Duration.ofMillis(250);

    static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private enum State {
        UNDECIDED,
        LINES,
        EXACT
    }

    private final List<byte[]> held = new ArrayList<>();
    private State state = State.UNDECIDED;
    private int heldBytes;
    private boolean waiting;
    private long waitingSince;

    /** Whether a message stands for itself, as it is. */
    boolean isExact(Form form) {
        return held.isEmpty() && (form == Form.EXACT || form == Form.TEXT_OR_LINE && state == State.EXACT);
    }

    /**
     * Writes down the exact text that a message stands for, newlines added where it stands for a line; nothing when it
     * is held back.
     *
     * @param now the time in nanoseconds
     */
    void accept(byte[] bytes, int from, int length, Form form, long now, TextBuffer exact) {
        if (form == Form.EXACT || form == Form.LINE) {
            if (form == Form.LINE || length > 0) {
                release(exact);
            }
            exact.append(bytes, from, length);
            if (form == Form.LINE) {
                exact.append('\n');
            }
        } else if (state == State.EXACT || ByteSearch.indexOf(bytes, from, from + length, '\n') >= 0) {
            state = State.EXACT;
            writeHeld(exact, false);
            exact.append(bytes, from, length);
        } else if (state == State.LINES) {
            exact.append(bytes, from, length);
            exact.append('\n');
        } else if (hold(Arrays.copyOfRange(bytes, from, from + length), now)) {
            release(exact);
        }
    }

    /** Whether messages wait to be given out. */
    boolean isHolding() {
        return !held.isEmpty();
    }

    /** How long to wait for the next message before what is held is given out. */
    Duration patience(long now) {
        long left = MAX_WAIT.toNanos() - (now - waitingSince);
        return Duration.ofNanos(Math.max(SHORTEST.toNanos(), Math.min(left, MAX_QUIET.toNanos())));
    }

    /** Writes down what is held, as lines; messages are lines from now on, until one holds a newline. */
    void release(TextBuffer exact) {
        if (!held.isEmpty()) {
            state = State.LINES;
            writeHeld(exact, true);
        }
    }

    /** Forgets what is held: a new connection will bring it again. The time it has waited still counts. */
    void restart() {
        held.clear();
        heldBytes = 0;
    }

    /** Whether that was enough. */
    private boolean hold(byte[] message, long now) {
        if (!waiting) {
            waiting = true;
            waitingSince = now;
        }
        held.add(message);
        heldBytes += message.length;
        return held.size() >= MAX_HELD_MESSAGES
                || heldBytes >= MAX_HELD_BYTES
                || now - waitingSince >= MAX_WAIT.toNanos();
    }

    private void writeHeld(TextBuffer exact, boolean asLines) {
        for (byte[] message : held) {
            exact.append(message, 0, message.length);
            if (asLines) {
                exact.append('\n');
            }
        }
        restart();
    }
}
