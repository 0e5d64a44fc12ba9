package io.synapse.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of WebSockets, seen from the JDK's WebSocket client and from a bare socket. */
class WebSocketFaultTest {
    private static final String HANDSHAKE = "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    /** Frames with a short, a two-byte and an eight-byte length. */
    private static final List<byte[]> FRAMES = List.of(frame(10), frame(300), frame(70_000), frame(20));

    private static final int ALL_FRAMES =
            FRAMES.stream().mapToInt(frame -> frame.length).sum();

    private final BlockingQueue<byte[]> serverGot = new LinkedBlockingQueue<>();
    private final CountDownLatch serverSawEnd = new CountDownLatch(1);

    /** The JDK's client, now and then, misreads frames that arrive in one piece with the answer to its handshake. */
    private final CountDownLatch clientHasAnswer = new CountDownLatch(1);

    private ScriptedServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::serve);
        proxy = FaultProxy.inFrontOf(server.uri());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private void serve(Socket socket, String head) throws Exception {
        OutputStream out = socket.getOutputStream();
        Matcher key = Pattern.compile("(?i)sec-websocket-key: *(\\S+)").matcher(head);
        if (!key.find()) {
            out.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".getBytes());
            return;
        }
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n")
                .getBytes());
        try {
            clientHasAnswer.await();
            for (byte[] frame : FRAMES) {
                out.write(frame);
            }
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1024];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                serverGot.add(Arrays.copyOf(buffer, read));
            }
        } finally {
            // An end of either kind: what the proxy had not read yet turns its FIN into a reset.
            serverSawEnd.countDown();
        }
    }

    @Test
    void passesFramesBothWays() throws Exception {
        Listener listener = new Listener();
        WebSocket socket = connect(listener);

        socket.sendText("hello", true).get(10, TimeUnit.SECONDS);

        // A masked text frame: two bytes of header, four of mask, five of text.
        assertThat(serverGot.poll(10, TimeUnit.SECONDS)).hasSize(11).startsWith(0x81, 0x85);
        for (byte[] frame : FRAMES) {
            assertThat(listener.texts.poll(10, TimeUnit.SECONDS)).isEqualTo(payloadOf(frame));
        }
        socket.abort();
        proxy.awaitClientGone(ProxiedRequest::isWebSocketHandshake, Duration.ofSeconds(10));
        assertThat(serverSawEnd.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesTheHandshakeWithAStatusAndNothingElse() throws Exception {
        proxy.every(Fault.status(403).onWebSocket());

        assertThatThrownBy(() -> connect(new Listener()))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
        assertThat(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(proxy.uri()).build(), BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void dropsTheHandshake() {
        proxy.every(Fault.disconnect().onWebSocket());

        assertThatThrownBy(() -> connect(new Listener())).cause().isInstanceOf(IOException.class);
        assertThat(serverGot).isEmpty();
    }

    @Test
    void liesWithACloseCodeAfterTheFirstFrame() throws Exception {
        proxy.next(Fault.webSocketClose(1000, 1));
        Listener listener = new Listener();

        connect(listener);

        assertThat(listener.closes.poll(10, TimeUnit.SECONDS)).isEqualTo(1000);
        assertThat(listener.texts).containsExactly(payloadOf(FRAMES.get(0)));
        assertThat(listener.failures).isEmpty();
        assertThat(serverSawEnd.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(serverGot).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void putsTheCloseFrameBetweenFramesWhateverTheirSize(int whole) throws Exception {
        byte[] before = join(FRAMES.subList(0, whole));
        proxy.next(Fault.webSocketClose(1001, before.length));

        byte[] seen = readAllAfterHandshake();

        assertThat(seen).isEqualTo(join(List.of(before, new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xe9})));
    }

    @Test
    void leavesTheClientTimeToAnswerTheCloseFrame() throws Exception {
        proxy.next(Fault.webSocketClose(1000, 0));
        try (RawClient client = new RawClient(proxy.uri())) {
            clientHasAnswer.countDown(); // a bare socket reads what comes
            client.send(HANDSHAKE);
            client.readHead();
            assertThat(client.in().readAllBytes()).hasSize(4);
            client.send("a masked Close frame");
            assertThatThrownBy(() -> proxy.awaitClientGone(Duration.ofMillis(100)))
                    .isInstanceOf(AssertionError.class);
        }
        proxy.awaitClientGone(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void cutsInsideAFrame(int whole) throws Exception {
        byte[] before = join(FRAMES.subList(0, whole));
        proxy.next(Fault.halfFrame(before.length));

        byte[] seen = readAllAfterHandshake();

        byte[] cut = FRAMES.get(whole);
        assertThat(seen).isEqualTo(join(List.of(before, Arrays.copyOf(cut, cut.length / 2))));
        assertThat(serverSawEnd.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesTheConnectionAloneWhenTheBytesNeverCome() throws Exception {
        proxy.next(Fault.webSocketClose(1000, ALL_FRAMES + 1));
        try (RawClient client = new RawClient(proxy.uri())) {
            clientHasAnswer.countDown(); // a bare socket reads what comes
            client.send(HANDSHAKE);
            client.readHead();
            assertThat(client.in().readNBytes(ALL_FRAMES)).isEqualTo(join(FRAMES));
            assertThat(client.isSilentFor(100)).isTrue();
        }
    }

    private byte[] readAllAfterHandshake() throws IOException {
        try (RawClient client = new RawClient(proxy.uri())) {
            clientHasAnswer.countDown(); // a bare socket reads what comes
            client.send(HANDSHAKE);
            assertThat(client.readHead()).startsWith("HTTP/1.1 101 ");
            return client.in().readAllBytes();
        }
    }

    private WebSocket connect(Listener listener) throws Exception {
        URI uri = URI.create(proxy.uri().toString().replaceFirst("http", "ws"));
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, listener)
                .get(10, TimeUnit.SECONDS);
        clientHasAnswer.countDown();
        return socket;
    }

    private static String accept(String key) throws Exception {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        return Base64.getEncoder()
                .encodeToString(sha1.digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes()));
    }

    private static byte[] frame(int payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload + 10).put((byte) 0x81);
        if (payload < 126) {
            frame.put((byte) payload);
        } else if (payload < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload);
        } else {
            frame.put((byte) 127).putLong(payload);
        }
        frame.put("x".repeat(payload).getBytes());
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static String payloadOf(byte[] frame) {
        String text = new String(frame, StandardCharsets.ISO_8859_1);
        return text.substring(text.indexOf("x"));
    }

    private static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        parts.forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static final class Listener implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                texts.add(partial.toString());
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closes.add(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            failures.add(failure);
        }
    }
}
