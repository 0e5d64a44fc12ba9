package io.synapse.sdk.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that sends the head of a reply without a stated end, and leaves the connection to the test. */
final class OpenEndedServer implements AutoCloseable {
    static final String HEAD = "HTTP/1.1 200 OK\r\n\r\n";

    private final BlockingQueue<Socket> peers = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScriptedServer server = new ScriptedServer((socket, head) -> {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(HEAD.getBytes(StandardCharsets.US_ASCII));
        peers.add(socket);
        closed.await();
    });

    OpenEndedServer() throws IOException {}

    URI uri() {
        return server.uri();
    }

    /** The server's end of the next connection, in the order in which the replies began. */
    Socket peer() throws InterruptedException {
        Socket peer = peers.poll(10, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("no request came through");
        }
        return peer;
    }

    boolean hasPeer() {
        return !peers.isEmpty();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
    }
}
