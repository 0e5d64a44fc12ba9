package io.synapse.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** Takes one request, never answers, and notes when the client hangs up. */
final class HungServer implements AutoCloseable {
    final CountDownLatch requestSeen = new CountDownLatch(1);
    final CompletableFuture<Void> disconnectSeen = new CompletableFuture<>();
    private final ServerSocket server;

    HungServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "hung-server");
        thread.setDaemon(true);
        thread.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        try (Socket client = server.accept();
                InputStream in = client.getInputStream()) {
            byte[] buffer = new byte[8192];
            while (in.read(buffer) != -1) {
                requestSeen.countDown();
            }
            disconnectSeen.complete(null);
        } catch (IOException e) {
            disconnectSeen.complete(null); // a reset is a disconnect too
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
