package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.HttpStream;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSink;
import io.synapse.sdk.internal.tail.LogSink.Form;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.internal.tail.TailContext;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * An agent's log over HTTP: one event a line, {@code data: } and then JSON or text; every other line is text, and a line
 * of its own in the log, since its end is lost on the way. Empty lines stand between events; more of them are a sign of
 * life.
 *
 * @param log the path of the log as a whole: {@code jobs/train-7/logs/}
 */
public record AgentHttpLog(String log) implements LogSource {
    private static final byte[] PREFIX = "data:".getBytes(StandardCharsets.US_ASCII);

    @Override
    public LogConnection connection(HttpTransport transport, TailContext context, Resume from) {
        // Compressed, events would wait in the compressor until there are enough of them.
        Endpoint<String> endpoint = Endpoint.get(log + "stream/", String.class).header("Accept-Encoding", "identity");
        return new Events(transport.stream(
                AgentEvents.resumed(endpoint, from), transport.settings().readTimeout()));
    }

    private static final class Events implements LogConnection {
        private final HttpStream stream;
        private final LineBuffer lines = new LineBuffer();
        private final AgentEvents events = new AgentEvents();
        private boolean afterEvent;

        Events(HttpStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean open() {
            stream.open();
            return true;
        }

        @Override
        public void read(Duration timeout, LogSink sink) throws IOException {
            boolean any = giveLines(sink);
            while (!any) {
                if (!lines.fill(stream, timeout)) {
                    giveRest(sink);
                    sink.end();
                    return;
                }
                any = giveLines(sink);
            }
        }

        @Override
        public ClientException explain(IOException failure) {
            return stream.explain(failure);
        }

        @Override
        public void abort() {
            stream.abort();
        }

        @Override
        public void close() {
            stream.close();
        }

        /** Whether there were any that say something. */
        private boolean giveLines(LogSink sink) throws IOException {
            boolean any = false;
            while (lines.next()) {
                any |= give(sink);
            }
            return any;
        }

        private boolean give(LogSink sink) throws IOException {
            int from = lines.from();
            int length = lines.length();
            if (length == 0) {
                boolean separates = afterEvent;
                afterEvent = false;
                if (!separates) {
                    sink.heartbeat();
                }
                return !separates;
            }
            afterEvent = true;
            int prefix = prefixLength(lines.bytes(), from, length);
            if (prefix == 0) {
                sink.text(lines.bytes(), from, length, LogSink.UNKNOWN, Form.LINE);
                return true;
            }
            return events.decode(lines.bytes(), from + prefix, length - prefix, Form.LINE, sink);
        }

        /** What came after the last line end: a last event, or half of one that a broken connection left. */
        private void giveRest(LogSink sink) throws IOException {
            byte[] bytes = lines.bytes();
            int from = lines.from();
            int length = lines.length();
            int prefix = prefixLength(bytes, from, length);
            int tested = Math.min(length, PREFIX.length);
            boolean isTorn = prefix == 0
                    ? Arrays.equals(bytes, from, from + tested, PREFIX, 0, tested)
                    : events.isTorn(bytes, from + prefix, length - prefix);
            if (isTorn && length > 0) {
                throw new ProtocolException("the answer ended within an event");
            } else if (prefix > 0) {
                events.decode(bytes, from + prefix, length - prefix, Form.EXACT, sink);
            } else if (length > 0) {
                sink.text(bytes, from, length, LogSink.UNKNOWN, Form.EXACT);
            }
        }

        /** What stands before the content of a {@code data:} line; 0 for any other line. */
        private static int prefixLength(byte[] bytes, int from, int length) {
            int end = PREFIX.length;
            if (length < end || !Arrays.equals(bytes, from, from + end, PREFIX, 0, end)) {
                return 0;
            }
            return length > end && bytes[from + end] == ' ' ? end + 1 : end;
        }
    }
}
