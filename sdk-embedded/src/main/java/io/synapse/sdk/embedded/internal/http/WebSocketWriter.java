package io.synapse.sdk.embedded.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Sends texts over a WebSocket, the next when the one before has gone out. For one thread that sends. */
public final class WebSocketWriter {
    private final Session session;
    private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

    /** Over that connection. */
    public WebSocketWriter(Session session) {
        this.session = session;
    }

    /**
     * Sends a frame; waits while the reader does not take it.
     *
     * @throws InterruptedIOException when the thread is interrupted, as it is when the server closes
     * @throws IOException when the reader has gone
     */
    public void send(String text) throws IOException {
        CompletableFuture<@Nullable Void> sent = new CompletableFuture<>();
        session.sendText(text, Callback.from(() -> complete(sent), sent::completeExceptionally));
        try {
            CompletableFuture.anyOf(sent, gone).get();
        } catch (ExecutionException e) {
            throw new IOException("the reader has gone", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the server is closing");
        }
    }

    /** Ends a {@link #send} that waits, from any thread: the reader has gone. */
    public void stop() {
        gone.completeExceptionally(new IOException("the reader has gone"));
    }

    @SuppressWarnings("NullAway") // a future of nothing completes with null
    private static void complete(CompletableFuture<@Nullable Void> future) {
        future.complete(null);
    }
}
