package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose messages come together as far as they are here already: what is done for every piece of a log is
 * then done a few times a megabyte, instead of once a line. Nothing waits for more to come.
 */
final class JoinedMessages implements LogConnection {
    private static final int ENOUGH_CHARACTERS = 64 << 10;

    private final LogConnection connection;
    private final IntSupplier most;

    /** What came after the last text and could not be joined to it. */
    private @Nullable LogEvent waiting;

    /** What went wrong after the last text. */
    private @Nullable IOException failure;

    /**
     * Joins the messages of a connection.
     *
     * @param most how many of them, at the most
     */
    JoinedMessages(LogConnection connection, IntSupplier most) {
        this.connection = connection;
        this.most = most;
    }

    @Override
    public boolean open() {
        return connection.open();
    }

    @Override
    public boolean endsWithJob() {
        return connection.endsWithJob();
    }

    @Override
    public LogEvent next(Duration timeout) throws IOException {
        if (failure != null) {
            throw failure;
        }
        LogEvent event = waiting == null ? connection.next(timeout) : waiting;
        waiting = null;
        return event instanceof LogEvent.Text text && isExact(text) ? joined(text) : event;
    }

    @Override
    public ClientException explain(IOException failure) {
        return connection.explain(failure);
    }

    @Override
    public void abort() {
        connection.abort();
    }

    @Override
    public void close() {
        connection.close();
    }

    private LogEvent joined(LogEvent.Text first) {
        LogEvent next = whatIsHere();
        if (next == null) {
            return first;
        }
        StringBuilder text = new StringBuilder(first.text());
        LogEvent.Text last = first;
        int messages = first.messages();
        int enough = most.getAsInt();
        while (next instanceof LogEvent.Text more
                && continues(first, more)
                && messages < enough
                && text.length() < ENOUGH_CHARACTERS) {
            text.append(more.text());
            last = more;
            messages += more.messages();
            next = whatIsHere();
        }
        waiting = next;
        return new LogEvent.Text(text.toString(), last.offset(), first.form(), messages);
    }

    private @Nullable LogEvent whatIsHere() {
        try {
            return connection.poll();
        } catch (IOException e) {
            failure = e; // for the next call: what came before it is given out first
            return null;
        }
    }

    /** Once a message has held a newline, those that follow are exact text (wire/agent.md, section 5). */
    private static boolean isExact(LogEvent.Text text) {
        return switch (text.form()) {
            case EXACT -> true;
            case TEXT_OR_LINE -> text.text().indexOf('\n') >= 0;
            case LINE -> false;
        };
    }

    private static boolean continues(LogEvent.Text first, LogEvent.Text more) {
        boolean bothCounted = first.offset() != LogEvent.Text.UNKNOWN && more.offset() != LogEvent.Text.UNKNOWN;
        boolean bothNot = first.offset() == LogEvent.Text.UNKNOWN && more.offset() == LogEvent.Text.UNKNOWN;
        return first.form() == more.form() && (bothCounted || bothNot);
    }
}
