package io.synapse.sdk.agent.internal.tail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An agent that gives out a log exactly as it is told, connection by connection: also as no good agent would. */
final class ScriptedAgent implements AutoCloseable {
    private static final byte[] CHUNK_END = {'\r', '\n'};

    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> connections = new ConcurrentHashMap<>();

    /** The targets that were asked for, in order. */
    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

    /** The job's status, as it is told. */
    volatile String status = "RUNNING";

    /** When the job began, in milliseconds; null for an agent that does not say. */
    volatile Long startTime;

    /** What the agent does on each connection for a log. */
    interface Script {
        /** Plays a connection; the first has number 0, counted for each of the two ways alone. */
        void play(int number, LogReply reply) throws IOException;
    }

    ScriptedAgent(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        background(this::accept);
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

    private void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            open.add(socket);
            background(() -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        try (socket) {
            Map<String, String> head = readHead(socket);
            String target = head.getOrDefault("", "").split(" ")[1];
            requests.add(target);
            String path = target.split("\\?")[0];
            if (path.endsWith("/logs/")) {
                script.play(connections.merge("ws", 1, Integer::sum) - 1, new WebSocketReply(socket, head));
            } else if (path.endsWith("/logs/stream/")) {
                script.play(connections.merge("http", 1, Integer::sum) - 1, new HttpReply(socket));
            } else {
                String body = "{\"status\": \"" + status + "\", \"start_time\": " + startTime + "}";
                write(
                        socket,
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            }
        } finally {
            open.remove(socket);
        }
    }

    private static Map<String, String> readHead(Socket socket) throws IOException {
        Map<String, String> head = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = socket.getInputStream().read();
                b >= 0;
                b = socket.getInputStream().read()) {
            if (b != '\n') {
                line.write(b);
                continue;
            }
            String text = line.toString(StandardCharsets.UTF_8).strip();
            line.reset();
            if (text.isEmpty()) {
                return head;
            }
            int colon = text.indexOf(':');
            boolean isHeader = !head.isEmpty() && colon > 0;
            head.put(
                    isHeader ? text.substring(0, colon) : "",
                    isHeader ? text.substring(colon + 1).strip() : text);
        }
        throw new IOException("the client hung up");
    }

    private static void write(Socket socket, String text) throws IOException {
        write(socket, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Socket socket, byte[]... parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.write(part);
        }
        OutputStream out = socket.getOutputStream();
        out.write(all.toByteArray());
        out.flush();
    }

    private static void background(Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // the client went away, or the test is over
                    }
                },
                "scripted-agent");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }

    /** One connection, in the one way or the other. */
    abstract static class LogReply {
        final Socket socket;

        LogReply(Socket socket) {
            this.socket = socket;
        }

        abstract boolean isWebSocket();

        /** Answers the request, so that events may follow. */
        abstract void accept() throws IOException;

        /** Sends one event: JSON or bare text, each line of which is a line over HTTP. */
        abstract void send(String event) throws IOException;

        /** Sends several events in one segment. */
        abstract void sendTogether(String... events) throws IOException;

        /** Whether the client has hung up; waits a moment for what it sends. */
        boolean isHungUp() throws IOException {
            socket.setSoTimeout(20);
            try {
                return socket.getInputStream().read() < 0;
            } catch (java.net.SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                return true;
            }
        }

        /** Sends the beginning of one event and cuts the connection. */
        abstract void cutWithin(String event) throws IOException;

        /** Ends the connection as if all were well. */
        abstract void end() throws IOException;

        /** Refuses the request. */
        void refuse(int code, String body) throws IOException {
            write(
                    socket,
                    "HTTP/1.1 " + code + " No\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                            + "\r\nX-Why: because\r\n\r\n" + body);
        }

        /** Sends bytes as they are. */
        void raw(byte[] bytes) throws IOException {
            write(socket, bytes);
        }

        /** Waits until the client hangs up; false when it sends something first. */
        boolean awaitHangUp() {
            try {
                return socket.getInputStream().read() < 0;
            } catch (IOException e) {
                return true;
            }
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    private static final class WebSocketReply extends LogReply {
        private final Map<String, String> head;

        WebSocketReply(Socket socket, Map<String, String> head) {
            super(socket);
            this.head = head;
        }

        @Override
        boolean isWebSocket() {
            return true;
        }

        @Override
        void accept() throws IOException {
            String key = head.get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
            String accept = Base64.getEncoder().encodeToString(sha1(key));
            write(
                    socket,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + accept + "\r\n\r\n");
        }

        @Override
        void send(String event) throws IOException {
            write(socket, frame(0x81, event.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        void sendTogether(String... events) throws IOException {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (String event : events) {
                frames.write(frame(0x81, event.getBytes(StandardCharsets.UTF_8)));
            }
            write(socket, frames.toByteArray());
        }

        @Override
        void cutWithin(String event) throws IOException {
            byte[] frame = frame(0x81, event.getBytes(StandardCharsets.UTF_8));
            write(socket, java.util.Arrays.copyOf(frame, frame.length / 2));
            socket.close();
        }

        @Override
        void end() throws IOException {
            write(socket, frame(0x88, new byte[] {0x03, (byte) 0xE8}));
            socket.close();
        }

        private static byte[] sha1(String text) {
            try {
                return MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.US_ASCII));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class HttpReply extends LogReply {
        HttpReply(Socket socket) {
            super(socket);
        }

        @Override
        boolean isWebSocket() {
            return false;
        }

        @Override
        void accept() throws IOException {
            write(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
        }

        @Override
        void send(String event) throws IOException {
            chunk(line(event));
        }

        @Override
        void sendTogether(String... events) throws IOException {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            for (String event : events) {
                lines.write(line(event));
            }
            chunk(lines.toByteArray());
        }

        @Override
        void cutWithin(String event) throws IOException {
            byte[] bytes = line(event);
            chunk(java.util.Arrays.copyOf(bytes, bytes.length / 2));
            socket.close();
        }

        @Override
        void end() throws IOException {
            write(socket, "0\r\n\r\n");
            socket.close();
        }

        private void chunk(byte[] bytes) throws IOException {
            if (bytes.length > 0) {
                byte[] size = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                write(socket, size, bytes, CHUNK_END);
            }
        }

        private static byte[] line(String event) {
            return ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
        }
    }

    /** A frame as a server sends it. */
    static byte[] frame(int firstByte, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(firstByte);
        List<Integer> length = payload.length < 126
                ? List.of(payload.length)
                : payload.length < 65_536
                        ? List.of(126, payload.length >> 8, payload.length)
                        : List.of(
                                127,
                                0,
                                0,
                                0,
                                0,
                                payload.length >> 24,
                                payload.length >> 16,
                                payload.length >> 8,
                                payload.length);
        length.forEach(frame::write);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }
}
