package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.internal.http.HttpLines;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
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
            event = decode(line);
        }
        return event;
    }

    @Override
    public @Nullable LogEvent poll() {
        LogEvent event = null;
        while (event == null) {
            HttpLines.Line line = lines.poll();
            if (line == null) {
                return null;
            }
            event = decode(line);
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

    private @Nullable LogEvent decode(HttpLines.Line line) {
        return line.isWhole() ? decodeWhole(line) : decodeRest(line);
    }

    private @Nullable LogEvent decodeWhole(HttpLines.Line line) {
        if (line.length() == 0) {
            boolean separates = afterEvent;
            afterEvent = false;
            return separates ? null : new LogEvent.Heartbeat();
        }
        afterEvent = true;
        int prefix = prefixLength(line);
        return prefix == 0
                ? bare(line, LogEvent.Form.LINE)
                : AgentEvent.decode(line.bytes(), line.from() + prefix, line.length() - prefix, LogEvent.Form.LINE);
    }

    /** What came after the last line end: a last event, or half of one that a broken connection left. */
    private static @Nullable LogEvent decodeRest(HttpLines.Line rest) {
        int prefix = prefixLength(rest);
        if (prefix == 0) {
            boolean tornPrefix = Arrays.equals(
                    rest.bytes(),
                    rest.from(),
                    rest.from() + rest.length(),
                    PREFIX,
                    0,
                    Math.min(rest.length(), PREFIX.length));
            return tornPrefix ? null : bare(rest, LogEvent.Form.EXACT);
        }
        int from = rest.from() + prefix;
        int length = rest.length() - prefix;
        return AgentEvent.isTorn(rest.bytes(), from, length)
                ? null
                : AgentEvent.decode(rest.bytes(), from, length, LogEvent.Form.EXACT);
    }

    private static LogEvent bare(HttpLines.Line line, LogEvent.Form form) {
        String text = new String(line.bytes(), line.from(), line.length(), StandardCharsets.UTF_8);
        return new LogEvent.Text(text, LogEvent.Text.UNKNOWN, form);
    }

    /** What stands before the content of a {@code data:} line; 0 for any other line. */
    private static int prefixLength(HttpLines.Line line) {
        int from = line.from();
        int end = PREFIX.length;
        if (line.length() < end || !Arrays.equals(line.bytes(), from, from + end, PREFIX, 0, end)) {
            return 0;
        }
        return line.length() > end && line.bytes()[from + end] == ' ' ? end + 1 : end;
    }
}
