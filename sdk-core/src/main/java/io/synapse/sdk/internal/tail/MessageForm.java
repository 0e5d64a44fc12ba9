package io.synapse.sdk.internal.tail;

import io.synapse.sdk.internal.tail.LogEvent.Form;
import java.time.Duration;
import java.util.ArrayList;
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

    static final int MAX_HELD_CHARACTERS = 8 << 10;

    /** How long the first messages wait for the next one, and for all of them together. */
    static final Duration MAX_QUIET = Duration.ofMillis(250);

    static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private enum State {
        UNDECIDED,
        LINES,
        EXACT
    }

    private final List<String> held = new ArrayList<>();
    private State state = State.UNDECIDED;
    private int heldCharacters;
    private boolean waiting;
    private long waitingSince;

    /**
     * The exact text that a message stands for, newlines added where it stands for a line; empty when it is held back.
     *
     * @param now the time in nanoseconds
     */
    String accept(String message, Form form, long now) {
        if (form == Form.EXACT) {
            return message.isEmpty() ? "" : release() + message;
        }
        if (form == Form.LINE) {
            return release() + message + '\n';
        }
        if (state != State.EXACT && message.indexOf('\n') >= 0) {
            state = State.EXACT;
            return joinHeld("") + message;
        }
        return switch (state) {
            case EXACT -> message;
            case LINES -> message + '\n';
            case UNDECIDED -> hold(message, now);
        };
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

    /** Gives out what is held, as lines; messages are lines from now on, until one holds a newline. */
    String release() {
        if (held.isEmpty()) {
            return "";
        }
        state = State.LINES;
        return joinHeld("\n");
    }

    /** Forgets what is held: a new connection will bring it again. The time it has waited still counts. */
    void restart() {
        held.clear();
        heldCharacters = 0;
    }

    private String hold(String message, long now) {
        if (!waiting) {
            waiting = true;
            waitingSince = now;
        }
        held.add(message);
        heldCharacters += message.length();
        boolean enough = held.size() >= MAX_HELD_MESSAGES
                || heldCharacters >= MAX_HELD_CHARACTERS
                || now - waitingSince >= MAX_WAIT.toNanos();
        return enough ? release() : "";
    }

    private String joinHeld(String end) {
        StringBuilder text = new StringBuilder(heldCharacters + held.size());
        held.forEach(message -> text.append(message).append(end));
        restart();
        return text.toString();
    }
}
