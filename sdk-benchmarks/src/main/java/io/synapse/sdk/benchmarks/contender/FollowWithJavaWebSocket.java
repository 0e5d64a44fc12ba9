package io.synapse.sdk.benchmarks.contender;

import java.net.URI;
import java.util.Map;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;
import org.jspecify.annotations.Nullable;

/** Follows an agent's log with Java-WebSocket alone, and only counts its messages. */
public final class FollowWithJavaWebSocket {
    private FollowWithJavaWebSocket() {}

    /**
     * Runs it.
     *
     * @param args as for any follower
     */
    public static void main(String[] args) throws Exception {
        Follower.time(
                (url, job) -> {
                    Counter counter = new Counter(URI.create(url.replace("http", "ws") + "/jobs/" + job + "/logs/"));
                    counter.run(); // reads on this thread
                    return counter.messages;
                },
                args);
    }

    private static final class Counter extends WebSocketClient {
        private long messages;

        private Counter(URI address) {
            super(address, Map.of("Authorization", Token.VALUE));
        }

        @Override
        public void onOpen(ServerHandshake handshake) {}

        @Override
        public void onMessage(String message) {
            messages++;
        }

        @Override
        public void onClose(int code, String reason, boolean remote) {}

        @Override
        public void onError(@Nullable Exception e) {
            throw new IllegalStateException("the log was not read to its end", e);
        }
    }
}
