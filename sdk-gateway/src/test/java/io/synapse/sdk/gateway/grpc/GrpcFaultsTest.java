package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.ExecuteRequest;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server of grpc-java does not do: frames of HTTP/2 that break off, contradict themselves or are missing. */
@Timeout(60)
class GrpcFaultsTest {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PREFACE = 24;

    /** Answers the first call with a fault, those on later connections well. */
    private static final class FrameServer implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        private final AtomicInteger calls = new AtomicInteger();
        private final String fault;

        FrameServer(String fault) throws IOException {
            this.fault = fault;
            Thread thread = new Thread(this::accept, "frames");
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
                    Thread thread = new Thread(() -> serve(connection), "frames");
                    thread.setDaemon(true);
                    thread.start();
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
                frame(out, SETTINGS, 0, 0, new byte[0]);
                while (true) {
                    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                    int type = in.readUnsignedByte();
                    int flags = in.readUnsignedByte();
                    int stream = in.readInt();
                    in.readNBytes(length);
                    if (type == SETTINGS && (flags & 1) == 0) {
                        frame(out, SETTINGS, 1, 0, new byte[0]);
                    } else if (type == DATA && (flags & END_STREAM) != 0) {
                        if (!answer(out, stream, calls.getAndIncrement() == 0 ? fault : "none")) {
                            return;
                        }
                    }
                }
            } catch (IOException e) {
                // the client has closed it
            }
        }

        /** Whether the connection stays. */
        private static boolean answer(OutputStream out, int stream, String fault) throws IOException {
            byte[] head = headers(":status", "content-type", "application/grpc", "grpc-encoding", "gzip");
            byte[] ok = headers("grpc-status", "0");
            switch (fault) {
                case "closed" -> {
                    return false;
                }
                case "half a message" -> {
                    frame(out, HEADERS, END_HEADERS, stream, head);
                    frame(out, DATA, 0, stream, HexFormat.of().parseHex("0000000008" + "0801"));
                    return false;
                }
                case "half a message, then trailers" -> {
                    frame(out, HEADERS, END_HEADERS, stream, head);
                    frame(out, DATA, 0, stream, HexFormat.of().parseHex("0000000008" + "0801"));
                    frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
                }
                case "no trailers" -> {
                    frame(out, HEADERS, END_HEADERS, stream, head);
                    frame(out, DATA, END_STREAM, stream, HexFormat.of().parseHex("0000000002" + "0801"));
                }
                case "no message" -> {
                    frame(out, HEADERS, END_HEADERS, stream, head);
                    frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
                }
                case "wrong gzip" -> {
                    frame(out, HEADERS, END_HEADERS, stream, head);
                    frame(out, DATA, 0, stream, HexFormat.of().parseHex("0100000004" + "01020304"));
                    frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
                }
                case "reset" -> frame(out, RST_STREAM, 0, stream, HexFormat.of().parseHex("00000002"));
                case "go away" -> {
                    frame(out, GOAWAY, 0, 0, HexFormat.of().parseHex("00000000" + "0000000b"));
                    return false;
                }
                case "not HTTP/2" -> {
                    out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    return false;
                }
                default -> {
                    frame(out, HEADERS, END_HEADERS, stream, head);
                    frame(out, DATA, 0, stream, HexFormat.of().parseHex("0000000002" + "0801"));
                    frame(out, HEADERS, END_HEADERS | END_STREAM, stream, ok);
                }
            }
            return true;
        }

        private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
                throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(new byte[] {
                (byte) (payload.length >> 16),
                (byte) (payload.length >> 8),
                (byte) payload.length,
                (byte) type,
                (byte) flags,
                (byte) (stream >> 24),
                (byte) (stream >> 16),
                (byte) (stream >> 8),
                (byte) stream
            });
            frame.write(payload);
            out.write(frame.toByteArray());
        }

        /** As HPACK without a table; ":status" stands for 200. */
        private static byte[] headers(String... namesAndValues) {
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

    @ParameterizedTest
    @CsvSource({
        "closed, 503",
        "half a message, 503",
        "'half a message, then trailers', 500",
        "no trailers, 500",
        "no message, 200",
        "wrong gzip, 200",
        "reset, 500",
        "go away, 429",
        "not HTTP/2, 200"
    })
    void aFaultHasANameAndTheNextCallWorks(String fault, int status) throws Exception {
        try (FrameServer server = new FrameServer(fault);
                GrpcGatewayClient client = RawServer.client(server.address())
                        .callTimeout(Duration.ofSeconds(20))
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            ClientException failure =
                    catchThrowableOfType(ClientException.class, () -> client.execute(ExecuteRequest.of("ls")));

            assertThat(failure).as(failure.getMessage()).hasFieldOrPropertyWithValue("failure.statusCode", status);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(client.execute(ExecuteRequest.of("ls")).success()).isTrue();
            assertThat(server.calls).hasValue(2); // the command was not sent again
        }
    }
}
