package io.synapse.sdk.it.resilience;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that does work, which takes a while: {@code work}. How long, with which status, and how often it was asked is
 * told and set by other requests.
 */
final class ReplicaProgram {
    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static volatile long millis;
    private static volatile int status = 200;

    private ReplicaProgram() {}

    /** Serves on the port that is given, or on a free one for 0, and prints which. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        server.createContext("/work", ReplicaProgram::work);
        server.createContext("/requests", exchange -> answer(exchange, 200, REQUESTS.toString()));
        server.createContext("/millis", exchange -> {
            millis = Long.parseLong(exchange.getRequestURI().getQuery());
            answer(exchange, 200, "");
        });
        server.createContext("/status", exchange -> {
            status = Integer.parseInt(exchange.getRequestURI().getQuery());
            answer(exchange, 200, "");
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println(server.getAddress().getPort());
    }

    private static void work(HttpExchange exchange) throws IOException {
        REQUESTS.incrementAndGet();
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        answer(exchange, status, "done");
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
