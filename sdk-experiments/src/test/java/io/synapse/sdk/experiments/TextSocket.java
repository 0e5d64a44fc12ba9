package io.synapse.sdk.experiments;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket to a server, as any program would open it. */
final class TextSocket implements WebSocket.Listener {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    /** Connects; fails with a {@link java.util.concurrent.CompletionException} when the server refuses. */
    TextSocket(EmbeddedExperiments server, String path, String token) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(server.baseUrl().toString().replace("http:", "ws:") + path), this)
                .join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean isLast) {
        message.append(text);
        if (isLast) {
            received.add(message.toString());
            message.setLength(0);
        }
        from.request(1);
        return null;
    }

    /** A close is a message as it is on record. */
    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        received.add("close " + code);
        return null;
    }

    /** The next message; null when none comes. */
    String next() throws InterruptedException {
        return received.poll(30, TimeUnit.SECONDS);
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    void abort() {
        socket.abort();
    }
}
