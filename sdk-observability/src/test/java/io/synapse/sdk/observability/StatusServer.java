package io.synapse.sdk.observability;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A server that answers with these statuses, one after the other, and then with 200; it keeps what it got. */
final class StatusServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each answer takes 40 ms
    }

    private final HttpServer server;
    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();

    /** The header {@code traceparent} of each request; empty where there was none. */
    final List<String> parents = new CopyOnWriteArrayList<>();

    StatusServer(Integer... answers) throws IOException {
        statuses.addAll(List.of(answers));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String parent = exchange.getRequestHeaders().getFirst("traceparent");
            parents.add(parent == null ? "" : parent);
            Integer status = statuses.poll();
            byte[] body = "{\"text\": \"yes\"}".getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status == null ? 200 : status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
