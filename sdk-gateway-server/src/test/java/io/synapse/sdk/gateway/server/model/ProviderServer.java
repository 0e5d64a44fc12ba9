package io.synapse.sdk.gateway.server.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/** A provider of models, on a socket of its own: each request gets the next of the replies that a test prepared. */
public final class ProviderServer implements AutoCloseable {
    private final ServerSocket socket;
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /** What was asked, head and body. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** Counted down when a client closes a connection on which its answer had not ended. */
    public final CountDownLatch left = new CountDownLatch(1);

    /** Writes an answer; after it the connection is closed. */
    public interface Reply {
        void write(Answer answer) throws IOException;
    }

    public ProviderServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + socket.getLocalPort() + path;
    }

    /** The next request gets this. */
    public ProviderServer then(Reply reply) {
        replies.add(reply);
        return this;
    }

    /** The next request gets this status, with headers such as {@code Retry-After: 1}. */
    public ProviderServer thenStatus(int status, String body, String... headers) {
        return then(answer -> answer.head(status, "application/json", headers).raw(body));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket each : connections) {
            each.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket connection = socket.accept();
            connections.add(connection);
            start(() -> serve(connection));
        }
    }

    private void serve(Socket connection) throws IOException {
        try (connection) {
            InputStream input = new BufferedInputStream(connection.getInputStream());
            requests.add(request(input));
            Reply reply = replies.poll();
            Answer answer = new Answer(connection, input);
            if (reply == null) {
                answer.head(500, "text/plain").raw("no reply was prepared");
            } else {
                reply.write(answer);
            }
        }
    }

    private static String request(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) input.read());
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(input.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** An answer as it is written. */
    public final class Answer {
        private final Socket connection;
        private final InputStream input;
        private final OutputStream output;

        private Answer(Socket connection, InputStream input) throws IOException {
            this.connection = connection;
            this.input = input;
            this.output = connection.getOutputStream();
        }

        /** The head of an answer that ends with its connection. */
        public Answer head(int status, String type, String... headers) throws IOException {
            String more = List.of(headers).stream().map(each -> each + "\r\n").collect(Collectors.joining());
            return raw(
                    "HTTP/1.1 " + status + " -\r\nContent-Type: " + type + "\r\nConnection: close\r\n" + more + "\r\n");
        }

        /** The head of a stream, in chunks, so that its end can be told from a cut. */
        public Answer stream() throws IOException {
            return raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        /** An event of a stream. */
        public Answer event(String text) throws IOException {
            byte[] bytes = (text + "\n\n").getBytes(StandardCharsets.UTF_8);
            raw(Integer.toHexString(bytes.length) + "\r\n");
            output.write(bytes);
            return raw("\r\n");
        }

        /** The proper end of a stream. */
        public void end() throws IOException {
            raw("0\r\n\r\n");
        }

        /** Nothing more, until the client closes the connection. */
        public void silence() throws IOException {
            try {
                if (input.read() < 0) {
                    left.countDown();
                }
            } catch (IOException e) {
                left.countDown();
                throw e;
            }
        }

        public Answer raw(String text) throws IOException {
            output.write(text.getBytes(StandardCharsets.UTF_8));
            output.flush();
            return this;
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                if (!socket.isClosed() && !(e instanceof java.net.SocketException)) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
