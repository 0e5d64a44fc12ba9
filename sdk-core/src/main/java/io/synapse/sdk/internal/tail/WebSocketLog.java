package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.internal.http.WebSocketConnection;
import io.synapse.sdk.internal.http.WebSocketEvent;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A log that comes through a WebSocket.
 *
 * @param messages gives the sink what a message says
 */
public record WebSocketLog(WebSocketConnection socket, Messages messages) implements LogConnection {
    /** What a message says. */
    @FunctionalInterface
    public interface Messages {
        /** Gives the sink what a message says; false when it says nothing. The bytes are only lent. */
        boolean decode(byte[] bytes, int from, int length, LogSink sink) throws IOException;
    }

    @Override
    public boolean open() {
        socket.open();
        return true;
    }

    @Override
    public void read(Duration timeout, LogSink sink) throws IOException {
        boolean any = false;
        while (!any) {
            for (WebSocketEvent event = socket.next(timeout); event != null; event = socket.poll()) {
                any |= give(event, sink);
            }
        }
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

    private boolean give(WebSocketEvent event, LogSink sink) throws IOException {
        if (event instanceof WebSocketEvent.Message message) {
            return messages.decode(message.bytes(), message.from(), message.length(), sink);
        } else if (event instanceof WebSocketEvent.Silence) {
            throw new SocketTimeoutException("nothing came");
        } else if (event instanceof WebSocketEvent.Ping) {
            sink.heartbeat();
        } else {
            sink.end();
        }
        return true;
    }
}
