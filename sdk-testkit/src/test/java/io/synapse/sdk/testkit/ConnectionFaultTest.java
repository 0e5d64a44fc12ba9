package io.synapse.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that are cut or not taken, seen from a bare socket at either end. */
class ConnectionFaultTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ManualScheduler scheduler = new ManualScheduler();
    private OpenEndedServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new OpenEndedServer();
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
        proxy.next(Fault.cutAfter(OpenEndedServer.HEAD.length() + 3));

        try (RawClient client = connect()) {
            Socket peer = server.peer();
            send(peer, "12345");
            assertThat(new String(client.in().readAllBytes())).isEqualTo("123");
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
        }
        try (RawClient client = connect()) {
            send(server.peer(), "12345");
            assertThat(client.read(5)).isEqualTo("12345");
        }
    }

    @Test
    void cutsEveryConnectionUntilCleared() throws Exception {
        proxy.every(Fault.cutAfter(OpenEndedServer.HEAD.length()));
        for (int i = 0; i < 3; i++) {
            try (RawClient client = connect()) {
                assertThat(client.in().read()).isEqualTo(-1);
            }
            server.peer();
        }
        proxy.clear();
        try (RawClient client = connect()) {
            send(server.peer(), "x");
            assertThat(client.read(1)).isEqualTo("x");
        }
        assertThat(proxy.connectionsOpened()).isEqualTo(4);
    }

    @Test
    void callsOffACutToComeWhenCleared() throws Exception {
        proxy.every(Fault.cutAfter(OpenEndedServer.HEAD.length() + 3));
        try (RawClient client = connect()) {
            proxy.clear();
            send(server.peer(), "12345");
            assertThat(client.read(5)).isEqualTo("12345");
        }
    }

    @Test
    void cutsWithAReset() throws Exception {
        proxy.next(Fault.cutAfter(OpenEndedServer.HEAD.length() + 1, Ending.RST));

        try (RawClient client = connect()) {
            Socket peer = server.peer();
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
            Socket firstPeer = server.peer();
            Socket secondPeer = server.peer();

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
            ending.close(server.peer());
            assertThat(endingOf(client::in)).isEqualTo(ending);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesOnHowTheClientEnds(Ending ending) throws Exception {
        try (RawClient client = connect()) {
            Socket peer = server.peer();
            client.end(ending);
            assertThat(endingOf(peer::getInputStream)).isEqualTo(ending);
        }
    }

    @Test
    void losesAReplyOnlyWhenTheServerHasSentAllOfIt() throws Exception {
        proxy.next(Fault.loseReply());
        try (RawClient client = RawClient.get(proxy.uri(), "/")) {
            Socket peer = server.peer();
            send(peer, "the body ends where the connection ends");
            assertThat(client.isSilentFor(100)).isTrue();
            peer.close();
            assertThat(client.in().read()).isEqualTo(-1);
        }
    }

    @Test
    void countsAClientAsGoneOnlyWhenItHasClosedEverySuchConnection() throws Exception {
        Predicate<ProxiedRequest> one = request -> request.is("GET", "/one");
        try (RawClient first = RawClient.get(proxy.uri(), "/one");
                RawClient second = RawClient.get(proxy.uri(), "/one");
                RawClient other = RawClient.get(proxy.uri(), "/other")) {
            first.readHead();
            second.readHead();
            other.readHead();

            first.end(Ending.FIN);
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> proxy.awaitClientGone(one, Duration.ofMillis(100)));
            second.end(Ending.FIN);
            proxy.awaitClientGone(one, SOON);
        }
    }

    @Test
    void tellsTheServerThatTheClientHasGone() throws Exception {
        RawClient client = connect();
        Socket peer = server.peer();

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
        assertThat(server.hasPeer()).isFalse();

        proxy.clear();
        connect().close();
        assertThat(proxy.connectionsOpened()).isEqualTo(3);
    }

    @Test
    void endsTheConnectionWhenTheServerIsNotThere() throws Exception {
        ServerSocket unused = new ServerSocket(0);
        unused.close();
        URI nobody = URI.create("http://127.0.0.1:" + unused.getLocalPort());
        try (FaultProxy another = FaultProxy.inFrontOf(nobody);
                RawClient client = RawClient.get(another.uri(), "/")) {
            assertThat(endingOf(client::in)).isEqualTo(Ending.RST);
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
                send(server.peer(), "x");
                try (RawClient silenced = RawClient.get(another.uri(), "/")) {
                    another.silence();
                    assertThat(proxyThreads()).isGreaterThan(before + 5);
                    another.close();
                    assertThat(silenced.in().readAllBytes()).hasSizeLessThanOrEqualTo(OpenEndedServer.HEAD.length());
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
        assertThat(client.readHead()).isEqualTo(OpenEndedServer.HEAD);
        return client;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
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
