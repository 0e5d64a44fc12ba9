package io.synapse.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A slow or silent network, seen from a bare socket at either end. */
class NetworkConditionsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private OpenEndedServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new OpenEndedServer();
        proxy = FaultProxy.inFrontOf(server.uri());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void delaysEachChunk() throws Exception {
        try (RawClient client = connect()) {
            Socket peer = server.peer();
            proxy.delay(Duration.ofMillis(150));
            for (int i = 0; i < 2; i++) {
                long start = System.nanoTime();
                send(peer, "x");
                assertThat(client.read(1)).isEqualTo("x");
                assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(150));
            }
        }
    }

    @Test
    void letsADelayedChunkGoWhenTheDelayEnds() throws Exception {
        try (RawClient client = connect()) {
            proxy.delay(Duration.ofHours(1));
            send(server.peer(), "x");
            assertThat(client.isSilentFor(100)).isTrue();
            proxy.delay(Duration.ZERO);
            assertThat(client.read(1)).isEqualTo("x");
        }
    }

    @Test
    void throttles() throws Exception {
        try (RawClient client = connect()) {
            Socket peer = server.peer();
            proxy.throttle(10_000);
            long start = System.nanoTime();
            send(peer, "x".repeat(4_000));
            assertThat(client.read(4_000)).hasSize(4_000);
            // All but the last piece have had to be waited for.
            assertThat(System.nanoTime() - start).isBetween(millis(370), millis(5_000));

            proxy.throttle(1);
            send(peer, "yyyy");
            assertThat(client.read(1)).isEqualTo("y");
            proxy.clear();
            assertThat(client.read(3)).isEqualTo("yyy");
            assertThat(System.nanoTime() - start).isLessThan(millis(3_000));
        }
    }

    @Test
    void holdsEverythingBackWhileSilent() throws Exception {
        try (RawClient client = connect()) {
            Socket peer = server.peer();
            proxy.silence();
            send(peer, "reply");
            client.send("more");
            assertThat(client.isSilentFor(100)).isTrue();
            assertThat(isSilentFor(peer, 100)).isTrue();

            proxy.resume();
            assertThat(client.read(5)).isEqualTo("reply");
            client.send(" GET / HTTP/1.1\r\n\r\n");
            assertThat(new String(peer.getInputStream().readNBytes(4))).isEqualTo("more");
        }
    }

    @Test
    void letsNothingSlipThroughWhenASilentConnectionIsCut() throws Exception {
        try (RawClient client = connect()) {
            Socket peer = server.peer();
            proxy.silence();
            send(peer, "reply");
            client.send("more");
            assertThat(client.isSilentFor(100)).isTrue();

            proxy.cut();

            assertThat(client.in().read()).isEqualTo(-1);
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void hidesFromTheServerThatTheClientHasGoneWhileSilent() throws Exception {
        RawClient client = connect();
        Socket peer = server.peer();
        proxy.silence();

        client.close();

        proxy.awaitClientGone(SOON);
        assertThat(isSilentFor(peer, 100)).isTrue();
        proxy.resume();
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void hidesFromTheClientThatTheServerHasGoneWhileSilent() throws Exception {
        try (RawClient client = connect()) {
            proxy.silence();
            server.peer().close();
            assertThat(client.isSilentFor(100)).isTrue();
            proxy.resume();
            assertThat(client.in().read()).isEqualTo(-1);
        }
    }

    @Test
    void slowsTheServerDownWhenTheClientDoesNotRead() throws Exception {
        long total = 256L << 20;
        AtomicLong written = new AtomicLong();
        try (RawClient client = connect()) {
            Socket peer = server.peer();
            Thread writer = new Thread(() -> write(peer, total, written));
            writer.setDaemon(true);
            writer.start();

            AtomicLong before = new AtomicLong(-1);
            await().pollInterval(Duration.ofMillis(300))
                    .until(() -> before.getAndSet(written.get()) == written.get() && written.get() > 0);
            assertThat(written.get()).isLessThan(64L << 20);

            client.in().skipNBytes(total);
            writer.join();
            assertThat(written).hasValue(total);
        }
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.get(proxy.uri(), "/");
        assertThat(client.readHead()).isEqualTo(OpenEndedServer.HEAD);
        return client;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(Socket socket, long total, AtomicLong written) {
        try {
            OutputStream out = socket.getOutputStream();
            byte[] chunk = new byte[64 * 1024];
            while (written.get() < total) {
                out.write(chunk);
                written.addAndGet(chunk.length);
            }
        } catch (IOException e) {
            throw new AssertionError("the proxy ended the connection", e);
        }
    }

    private static boolean isSilentFor(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            socket.getInputStream().read();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(10_000);
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
