package io.synapse.sdk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server whose connections are served, byte for byte, by a function. Notes what it was asked. */
final class RawServer implements AutoCloseable {
    /** The head of each request, from its first line on. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket server;
    private final Service service;

    /** Serves one connection; it is closed afterwards. */
    @FunctionalInterface
    interface Service {
        void serve(Connection connection) throws Exception;
    }

    RawServer(Service service) throws IOException {
        this(service, ServerSocketFactory.getDefault());
    }

    RawServer(Service service, ServerSocketFactory sockets) throws IOException {
        this.service = service;
        this.server = sockets.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Answers each request of each connection like this. */
    static RawServer answering(String answer) throws IOException {
        return new RawServer(connection -> {
            while (connection.request()) {
                connection.send(answer);
            }
        });
    }

    /** An answer with a length. */
    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /** How many clients are connected. */
    int openConnections() {
        return open.size();
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
            service.serve(new Connection(socket));
        } catch (Exception hungUp) {
            // the client, or the test, has ended the connection
        } finally {
            open.remove(socket);
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One connection, seen from the server. */
    final class Connection {
        final Socket socket;
        final InputStream in;
        String head = "";
        byte[] body = new byte[0];

        Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Waits for the next request; false when there is none. */
        boolean request() throws IOException {
            if (!readHead()) {
                return false;
            }
            int length = 0;
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            body = in.readNBytes(length);
            return true;
        }

        /** Waits for the head of the next request. */
        boolean readHead() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int last4 = 0;
            while (last4 != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
                int next = in.read();
                last4 = last4 << 8 | next & 0xFF;
                if (next < 0) {
                    if (bytes.size() > 0) {
                        throw new EOFException();
                    }
                    return false;
                }
                bytes.write(next);
            }
            head = bytes.toString(StandardCharsets.ISO_8859_1);
            requests.add(head);
            return true;
        }

        String target() {
            return head.split(" ")[1];
        }

        void send(String text) throws IOException {
            send(text.getBytes(StandardCharsets.UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        /** Waits until the client hangs up. */
        void awaitEnd() throws IOException {
            while (in.read() >= 0) {
                // what it still sends is of no interest
            }
        }
    }
}
