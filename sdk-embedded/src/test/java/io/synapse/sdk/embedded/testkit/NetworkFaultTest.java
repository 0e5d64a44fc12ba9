package io.synapse.sdk.embedded.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults of connections and of the network as a whole, seen from a bare socket at either end. */
class NetworkFaultTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String HEAD = "HTTP/1.1 200 OK\r\n\r\n";

    /** The server's ends of the connections, each after its reply's head was sent. */
    private final BlockingQueue<Socket> serverSide = new LinkedBlockingQueue<>();

    private final ManualScheduler scheduler = new ManualScheduler();
    private ScriptedServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer((socket, head) -> {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(HEAD.getBytes());
            serverSide.add(socket);
            synchronized (socket) {
                // The test goes on with the socket.
                socket.wait();
            }
        });
        proxy = FaultProxy.inFrontOf(server.uri(), scheduler);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
        scheduler.shutdownNow();
    }

    @Test
    void cutsOneConnectionAfterExactlySoManyBytes() throws Exception {
        proxy.next(Fault.cutAfter(HEAD.length() + 3));

        try (RawClient client = connect()) {
            Socket peer = peer();
            send(peer, "12345");
            assertThat(new String(client.in().readAllBytes())).isEqualTo("123");
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        try (RawClient client = connect()) {
            send(peer(), "12345");
            assertThat(client.read(5)).isEqualTo("12345");
        }
    }

    @Test
    void cutsEveryConnectionUntilCleared() throws Exception {
        proxy.every(Fault.cutAfter(HEAD.length()));
        for (int i = 0; i < 3; i++) {
            try (RawClient client = connect()) {
                assertThat(client.in().read()).isEqualTo(-1);
            }
            peer();
        }
        proxy.clear();
        try (RawClient client = connect()) {
            send(peer(), "x");
            assertThat(client.read(1)).isEqualTo("x");
        }
        assertThat(proxy.connectionsOpened()).isEqualTo(4);
    }

    @Test
    void callsOffACutToComeWhenCleared() throws Exception {
        proxy.every(Fault.cutAfter(HEAD.length() + 3));
        try (RawClient client = connect()) {
            proxy.clear();
            send(peer(), "12345");
            assertThat(client.read(5)).isEqualTo("12345");
        }
    }

    @Test
    void cutsWithAReset() throws Exception {
        proxy.next(Fault.cutAfter(HEAD.length() + 1, Ending.RST));

        try (RawClient client = connect()) {
            Socket peer = peer();
            send(peer, "12");
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> client.in().readAllBytes())
                    .withMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @EnumSource
    void cutsWhatIsOpenNowOnBothSides(Ending ending) throws Exception {
        try (RawClient first = connect();
                RawClient second = connect()) {
            Socket firstPeer = peer();
            Socket secondPeer = peer();

            assertThat(proxy.openConnections()).isEqualTo(2);
            assertThat(proxy.cut(ending)).isEqualTo(2);

            assertThat(proxy.openConnections()).isZero();
            for (Socket end : new Socket[] {firstPeer, secondPeer}) {
                assertThat(endingOf(end::getInputStream)).isEqualTo(ending);
            }
            for (RawClient end : new RawClient[] {first, second}) {
                assertThat(endingOf(end::in)).isEqualTo(ending);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesOnHowTheServerEnds(Ending ending) throws Exception {
        try (RawClient client = connect()) {
            ending.close(peer());
            assertThat(endingOf(client::in)).isEqualTo(ending);
        }
    }

    @Test
    void tellsTheServerThatTheClientHasGone() throws Exception {
        RawClient client = connect();
        Socket peer = peer();

        client.close();

        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        proxy.awaitClientGone(SOON);
        assertThat(proxy.openConnections()).isZero();
    }

    @Test
    void doesNotTakeItsOwnCutForTheClientsLeaving() throws Exception {
        try (RawClient client = connect()) {
            proxy.cut();
            assertThat(client.in().read()).isEqualTo(-1);
        }
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> proxy.awaitClientGone(Duration.ofMillis(100)));
    }

    @Test
    void cutsPeriodicallyUntilCleared() throws Exception {
        proxy.cutEvery(Duration.ofMillis(200));
        assertThat(scheduler.period).isEqualTo(Duration.ofMillis(200));

        for (int i = 0; i < 2; i++) {
            try (RawClient client = connect()) {
                scheduler.tick();
                assertThat(client.in().read()).isEqualTo(-1);
            }
        }
        proxy.clear();
        assertThat(scheduler.current.isCancelled()).isTrue();
    }

    @Test
    void delaysEachChunk() throws Exception {
        try (RawClient client = connect()) {
            Socket peer = peer();
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
            send(peer(), "x");
            assertThat(client.isSilentFor(100)).isTrue();
            proxy.delay(Duration.ZERO);
            assertThat(client.read(1)).isEqualTo("x");
        }
    }

    @Test
    void throttles() throws Exception {
        try (RawClient client = connect()) {
            Socket peer = peer();
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
            Socket peer = peer();
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
            Socket peer = peer();
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
        Socket peer = peer();
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
            peer().close();
            assertThat(client.isSilentFor(100)).isTrue();
            proxy.resume();
            assertThat(client.in().read()).isEqualTo(-1);
        }
    }

    @Test
    void refusesResetsAndIgnoresThoseWhoConnect() throws Exception {
        proxy.onConnect(OnConnect.REFUSE);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawClient(proxy.uri()));

        proxy.onConnect(OnConnect.RESET);
        try (RawClient client = new RawClient(proxy.uri())) {
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> client.in().read())
                    .withMessageContaining("reset");
        }

        proxy.onConnect(OnConnect.IGNORE);
        try (RawClient client = RawClient.get(proxy.uri(), "/")) {
            assertThat(client.isSilentFor(100)).isTrue();
        }
        proxy.awaitClientGone(SOON);
        assertThat(serverSide).isEmpty();

        proxy.clear();
        connect().close();
        assertThat(proxy.connectionsOpened()).isEqualTo(3);
    }

    @Test
    void endsTheConnectionWhenTheServerIsNotThere() throws Exception {
        server.close();
        try (RawClient client = RawClient.get(proxy.uri(), "/")) {
            assertThat(endingOf(client::in)).isEqualTo(Ending.RST);
        }
    }

    @Test
    void slowsTheServerDownWhenTheClientDoesNotRead() throws Exception {
        long total = 256L << 20;
        AtomicLong written = new AtomicLong();
        try (RawClient client = connect()) {
            Socket peer = peer();
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

    @Test
    void leavesNoThreadBehind() throws Exception {
        long before = proxyThreads();
        FaultProxy another = FaultProxy.inFrontOf(server.uri());
        another.cutEvery(Duration.ofHours(1));
        another.next(Fault.hang());
        try (RawClient hung = RawClient.get(another.uri(), "/");
                RawClient idle = new RawClient(another.uri())) {
            another.awaitRequest(any -> true, SOON);
            try (RawClient delayed = RawClient.get(another.uri(), "/")) {
                delayed.readHead();
                another.delay(Duration.ofHours(1));
                send(peer(), "x");
                try (RawClient silenced = RawClient.get(another.uri(), "/")) {
                    another.silence();
                    assertThat(proxyThreads()).isGreaterThan(before + 5);
                    another.close();
                    assertThat(silenced.in().readAllBytes()).hasSizeLessThanOrEqualTo(HEAD.length());
                    assertThat(delayed.in().read()).isEqualTo(-1);
                }
            }
            assertThat(hung.in().read()).isEqualTo(-1);
            assertThat(idle.in().read()).isEqualTo(-1);
        }
        assertThat(proxyThreads()).isEqualTo(before);
        another.close();
    }

    private RawClient connect() throws IOException {
        RawClient client = RawClient.get(proxy.uri(), "/");
        assertThat(client.readHead()).isEqualTo(HEAD);
        return client;
    }

    private Socket peer() throws InterruptedException {
        Socket peer = serverSide.poll(10, TimeUnit.SECONDS);
        assertThat(peer).isNotNull();
        return peer;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes());
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

    private static Ending endingOf(Input input) throws IOException {
        try {
            input.open().readAllBytes();
            return Ending.FIN;
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
            return Ending.RST;
        }
    }

    private static long proxyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fault-proxy-"))
                .count();
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private interface Input {
        InputStream open() throws IOException;
    }

    /** Runs a periodic task only when the test says so. */
    private static final class ManualScheduler extends ScheduledThreadPoolExecutor {
        private Runnable task = () -> {};
        private Duration period = Duration.ZERO;
        private ScheduledFuture<?> current;

        private ManualScheduler() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
            this.task = task;
            this.period = Duration.of(period, unit.toChronoUnit());
            current = schedule(() -> {}, 1, TimeUnit.HOURS);
            return current;
        }

        private void tick() {
            task.run();
        }
    }
}
