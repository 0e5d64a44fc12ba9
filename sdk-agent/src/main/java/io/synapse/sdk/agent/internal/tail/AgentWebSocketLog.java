package io.synapse.sdk.agent.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.WebSocketConnection;
import io.synapse.sdk.internal.http.WebSocketEvent;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogEvent;
import io.synapse.sdk.internal.tail.LogSource;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An agent's log over a WebSocket: one event a message.
 *
 * @param log the path of the log as a whole: {@code jobs/train-7/logs/}
 */
public record AgentWebSocketLog(String log) implements LogSource {
    @Override
    public LogConnection connection(HttpTransport transport, Resume from) {
        Endpoint<String> endpoint = Endpoint.get(log, String.class);
        return new Events(transport.webSocket(Resumption.of(endpoint, from)));
    }

    private record Events(WebSocketConnection socket) implements LogConnection {
        @Override
        public boolean open() {
            socket.open();
            return true;
        }

        @Override
        public LogEvent next(Duration timeout) throws IOException {
            LogEvent event = null;
            while (event == null) {
                event = decode(socket.next(timeout));
            }
            return event;
        }

        @Override
        public @Nullable LogEvent poll() throws IOException {
            LogEvent event = null;
            while (event == null) {
                WebSocketEvent received = socket.poll();
                if (received == null) {
                    return null;
                }
                event = decode(received);
            }
            return event;
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

        private static @Nullable LogEvent decode(WebSocketEvent event) {
            if (event instanceof WebSocketEvent.Message message) {
                return AgentEvent.decode(message.bytes(), message.from(), message.length(), LogEvent.Form.TEXT_OR_LINE);
            } else if (event instanceof WebSocketEvent.Silence) {
                return new LogEvent.Silence();
            } else if (event instanceof WebSocketEvent.Ping) {
                return new LogEvent.Heartbeat();
            }
            return new LogEvent.End();
        }
    }
}
