package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.internal.net.HttpLines;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Events of an agent, one a line: {@code data: } and then JSON or text; every other line is text, and a line of its own
 * in the log, since its end is lost on the way. Empty lines stand between events; more of them are a sign of life.
 */
final class AgentHttpEvents implements LogConnection {
    private static final byte[] PREFIX = "data:".getBytes(StandardCharsets.US_ASCII);

    private final HttpLines lines;
    private boolean afterEvent;

    AgentHttpEvents(HttpLines lines) {
        this.lines = lines;
    }

    @Override
    public boolean open() {
        lines.open();
        return true;
    }

    @Override
    public LogEvent next(Duration timeout) throws IOException {
        LogEvent event = null;
        while (event == null) {
            HttpLines.Line line = lines.next(timeout);
            if (line == null) {
                return new LogEvent.End();
            }
            event = line.isWhole() ? decode(line.bytes()) : decodeRest(line.bytes());
        }
        return event;
    }

    @Override
    public ClientException explain(IOException failure) {
        return lines.explain(failure);
    }

    @Override
    public void abort() {
        lines.abort();
    }

    @Override
    public void close() {
        lines.close();
    }

    private @Nullable LogEvent decode(byte[] line) {
        int end = line.length;
        if (end == 0) {
            boolean separates = afterEvent;
            afterEvent = false;
            return separates ? null : new LogEvent.Heartbeat();
        }
        afterEvent = true;
        int from = contentStart(line, end);
        return from == 0
                ? bare(line, end, LogEvent.Form.LINE)
                : AgentEvent.decode(line, from, end - from, LogEvent.Form.LINE);
    }

    /** What came after the last line end: a last event, or half of one that a broken connection left. */
    private static @Nullable LogEvent decodeRest(byte[] rest) {
        int from = contentStart(rest, rest.length);
        if (from == 0) {
            boolean tornPrefix = new String(PREFIX, StandardCharsets.US_ASCII)
                    .startsWith(new String(rest, StandardCharsets.ISO_8859_1));
            return tornPrefix ? null : bare(rest, rest.length, LogEvent.Form.EXACT);
        }
        return AgentEvent.isTorn(rest, from, rest.length - from)
                ? null
                : AgentEvent.decode(rest, from, rest.length - from, LogEvent.Form.EXACT);
    }

    private static LogEvent bare(byte[] bytes, int length, LogEvent.Form form) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return new LogEvent.Text(text, LogEvent.Text.UNKNOWN, form);
    }

    /** Where the content of a {@code data:} line begins; 0 for any other line. */
    private static int contentStart(byte[] line, int end) {
        if (end < PREFIX.length) {
            return 0;
        }
        for (int i = 0; i < PREFIX.length; i++) {
            if (line[i] != PREFIX[i]) {
                return 0;
            }
        }
        return end > PREFIX.length && line[PREFIX.length] == ' ' ? PREFIX.length + 1 : PREFIX.length;
    }
}
