package io.synapse.sdk.gateway.grpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of HTTP/2 that sends the frames it is told to, and notes what comes. */
final class FrameServer implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int PREFACE = 24;

    /** The payload of gRPC's pings that measure the bandwidth. They follow data only. */
    private static final long MEASUREMENT = 1234;

    private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final byte[] settings;
    private final Answers answers;

    /** The streams of the calls, in the order in which they came. */
    final List<Integer> calls = new CopyOnWriteArrayList<>();

    /** How many calls had come when a PING came that asks for a sign of life. */
    final List<Integer> pings = new CopyOnWriteArrayList<>();

    /** What is sent to a call. */
    interface Answers {
        /** Sends frames to the call with this number, 0 for the first; false to close the connection. */
        boolean send(OutputStream out, int stream, int call) throws IOException;
    }

    FrameServer(Answers answers) throws IOException {
        this(Map.of(), answers);
    }

    /** A server with these settings. */
    FrameServer(Map<Integer, Integer> settings, Answers answers) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        settings.forEach((name, value) -> {
            frame.write(name >> 8);
            frame.write(name);
            frame.writeBytes(number(value));
        });
        this.settings = frame.toByteArray();
        this.answers = answers;
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "frames");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                start(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                DataInputStream in = new DataInputStream(connection.getInputStream());
                OutputStream out = connection.getOutputStream()) {
            in.readNBytes(PREFACE);
            frame(out, SETTINGS, 0, 0, settings);
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == SETTINGS && (flags & ACK) == 0) {
                    frame(out, SETTINGS, ACK, 0, new byte[0]);
                } else if (type == PING && (flags & ACK) == 0) {
                    if (ByteBuffer.wrap(payload).getLong() != MEASUREMENT) {
                        pings.add(calls.size());
                    }
                    frame(out, PING, ACK, 0, payload);
                } else if (type == DATA && (flags & END_STREAM) != 0) {
                    calls.add(stream);
                    if (!answers.send(out, stream, calls.size() - 1)) {
                        return;
                    }
                }
            }
        } catch (IOException e) {
            // the client has closed it
        }
    }

    static void frame(OutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(number(payload.length), 1, 3);
        frame.write(type);
        frame.write(flags);
        frame.writeBytes(number(stream));
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    /** Names and values as HPACK without a table; ":status" stands for 200, and has no value. */
    static byte[] headers(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        int first = 0;
        if (namesAndValues[0].equals(":status")) {
            block.write(0x88);
            first = 1;
        }
        for (int i = first; i < namesAndValues.length; i += 2) {
            block.write(0);
            for (String text : new String[] {namesAndValues[i], namesAndValues[i + 1]}) {
                block.write(text.length());
                block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            }
        }
        return block.toByteArray();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
