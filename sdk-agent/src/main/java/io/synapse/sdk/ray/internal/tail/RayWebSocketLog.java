package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.WebSocketConnection;
import io.synapse.sdk.internal.http.WebSocketEvent;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogEvent;
import io.synapse.sdk.internal.tail.LogSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A job's log over the dashboard's WebSocket: text from the beginning on every connection, in which a carriage return
 * has become a newline. Its end proves nothing: a line above 4 MiB or an invalid byte ends it just as the job's end does
 * (wire/ray.md, section 1).
 *
 * @param job the id of the job
 */
public record RayWebSocketLog(String job) implements LogSource {
    @Override
    public LogConnection connection(HttpTransport transport, Resume from) {
        return new Pieces(transport.webSocket(Endpoint.get(Endpoint.path("api/jobs/{}/logs/tail", job), String.class)));
    }

    private record Pieces(WebSocketConnection socket) implements LogConnection {
        @Override
        public boolean open() {
            socket.open();
            return true;
        }

        @Override
        public LogEvent next(Duration timeout) throws IOException {
            return meaning(socket.next(timeout));
        }

        @Override
        public @Nullable LogEvent poll() throws IOException {
            WebSocketEvent received = socket.poll();
            return received == null ? null : meaning(received);
        }

        @Override
        public ClientException explain(IOException failure) {
            return socket.explain(failure);
        }

        @Override
        public void abort() {
            socket.abort();
        }

        @Override
        public void close() {
            socket.close();
        }

        private static LogEvent meaning(WebSocketEvent event) {
            if (event instanceof WebSocketEvent.Message message) {
                String text = new String(message.bytes(), message.from(), message.length(), StandardCharsets.UTF_8);
                return new LogEvent.Text(text, LogEvent.Text.UNKNOWN, LogEvent.Form.EXACT);
            } else if (event instanceof WebSocketEvent.Silence) {
                return new LogEvent.Silence();
            } else if (event instanceof WebSocketEvent.Ping) {
                return new LogEvent.Heartbeat();
            }
            return new LogEvent.End();
        }
    }
}
