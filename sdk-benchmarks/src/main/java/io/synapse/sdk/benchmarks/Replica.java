package io.synapse.sdk.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One of several servers whose work takes a random time, eight at a time: {@code work}. How often it was asked is at
 * {@code requests}. The random numbers are the same in each run.
 */
final class Replica {
    private static final int THREADS = 8;

    /** Of so many exponential parts is the time of a request, so that few are very short or very long. */
    private static final int PARTS = 4;

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    private Replica() {}

    /**
     * Serves until its standard input ends; the arguments are the mean time in milliseconds, a seed, and the port, which is
     * a free one if it is 0 or left out.
     */
    public static void main(String[] arguments) throws IOException {
        double mean = Double.parseDouble(arguments[0]);
        Random random = new Random(Long.parseLong(arguments[1]));
        int port = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
        server.createContext("/work", exchange -> {
            REQUESTS.incrementAndGet();
            sleep(millis(mean, random));
            answer(exchange, "done");
        });
        server.createContext("/requests", exchange -> answer(exchange, REQUESTS.toString()));
        server.setExecutor(Executors.newFixedThreadPool(THREADS));
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static synchronized double millis(double mean, Random random) {
        double sum = 0;
        for (int part = 0; part < PARTS; part++) {
            sum -= mean / PARTS * Math.log(1 - random.nextDouble());
        }
        return sum;
    }

    private static void sleep(double millis) {
        try {
            Thread.sleep((long) millis, (int) (millis % 1 * 999_999));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/plain");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
