package io.synapse.sdk.observability;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server of streams: each connection gets the next of these parts, and is ended then. */
final class EventServer implements AutoCloseable {
    private final HttpServer server;
    private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();
    private final long length;

    /** The header {@code traceparent} of each request; empty where there was none. */
    final List<String> parents = new CopyOnWriteArrayList<>();

    EventServer(String... parts) throws IOException {
        this.parts.addAll(List.of(parts));
        this.length = String.join("", parts).length();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String parent = exchange.getRequestHeaders().getFirst("traceparent");
            parents.add(parent == null ? "" : parent);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(String.valueOf(this.parts.poll()).getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The length of all parts in bytes. */
    long length() {
        return length;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
