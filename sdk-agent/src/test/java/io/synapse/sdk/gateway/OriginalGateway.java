package io.synapse.sdk.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Treats its connections as the original does (wire/gateway.md, section 1): closes them after a bare 500 and after 5.0 s
 * without a request, and says neither. The end after a bare 500 is as late as can be: it crosses with the next request on
 * that connection, if there is one. Notes what it was asked.
 */
final class OriginalGateway implements AutoCloseable {
    private static final int IDLE_MILLIS = 5_000;

    /** Head and body of each request. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;
    private final Answers answers;
    private final boolean killed;

    /** What it answers. */
    @FunctionalInterface
    interface Answers {
        /**
         * The bytes of the answer to a request.
         *
         * @return null to close the connection without an answer
         */
        byte @Nullable [] answer(String request) throws Exception;
    }

    OriginalGateway(Answers answers) throws IOException {
        this(answers, false);
    }

    /**
     * A gateway.
     *
     * @param killed whether it dies after each answer
     */
    OriginalGateway(Answers answers, boolean killed) throws IOException {
        this.answers = answers;
        this.killed = killed;
        this.server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** An answer with JSON. */
    static byte[] json(int status, String body) {
        return answer(status, "application/json", body);
    }

    /** An answer for an error of any cause. */
    static byte[] bareError() {
        return answer(500, "text/plain; charset=utf-8", "Internal Server Error");
    }

    static byte[] answer(int status, String type, String body) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return ("HTTP/1.1 " + status + " x\r\ncontent-type: " + type + "\r\ncontent-length: " + length + "\r\n\r\n"
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream input = new BufferedInputStream(socket.getInputStream());
            socket.setSoTimeout(IDLE_MILLIS);
            for (String request = request(input); request != null; request = request(input)) {
                requests.add(request);
                byte[] answer = answers.answer(request);
                if (answer == null) {
                    return;
                }
                socket.getOutputStream().write(answer);
                if (killed) {
                    return;
                }
                if (new String(answer, StandardCharsets.UTF_8).contains("Internal Server Error")) {
                    requireNothing(input);
                    return;
                }
            }
        } catch (Exception hungUp) {
            // the client, or the test, has ended the connection
        } finally {
            open.remove(socket);
        }
    }

    private void requireNothing(InputStream input) throws IOException {
        String lost = request(input);
        if (lost != null) {
            requests.add("lost: " + lost);
        }
    }

    /** Null when the connection is over, or was idle for too long. */
    private static @Nullable String request(InputStream input) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = input.read();
                if (next < 0) {
                    return null;
                }
                head.write(next);
            }
        } catch (SocketTimeoutException idle) {
            return null;
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
        return text + new String(input.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "original-gateway");
        thread.setDaemon(true);
        thread.start();
    }
}
