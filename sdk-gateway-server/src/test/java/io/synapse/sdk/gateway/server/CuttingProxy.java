package io.synapse.sdk.gateway.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes connections on, and cuts the answers on the first ones after so many bytes each. */
final class CuttingProxy implements AutoCloseable {
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final InetSocketAddress target;
    private final int cuts;
    private final int bytes;

    CuttingProxy(URI target, int cuts, int bytes) throws IOException {
        this.target = new InetSocketAddress(target.getHost(), target.getPort());
        this.cuts = cuts;
        this.bytes = bytes;
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = listener.accept();
                Socket server = new Socket(target.getAddress(), target.getPort());
                int most = connections.incrementAndGet() <= cuts ? bytes : Integer.MAX_VALUE;
                start(() -> pass(caller, server, Integer.MAX_VALUE));
                start(() -> pass(server, caller, most));
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    private static void pass(Socket from, Socket to, int most) {
        byte[] buffer = new byte[4096];
        int left = most;
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            while (left > 0) {
                int length = input.read(buffer, 0, Math.min(left, buffer.length));
                if (length < 0) {
                    return;
                }
                output.write(buffer, 0, length);
                left -= length;
            }
        } catch (IOException e) {
            // the other direction has ended
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
