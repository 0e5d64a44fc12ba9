package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.RawServer.Service;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.http.HttpStream;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Time limits, interrupts and close() end whatever is under way. */
@Timeout(30)
class DeadlinesTest {
    private static final Endpoint<String> TEXT = Endpoint.get("x", ResponseType.text());
    private static final Service HUNG = connection -> {
        connection.request();
        connection.awaitEnd();
    };
    private static final Service BUSY = connection -> {
        while (connection.request()) {
            connection.send("HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n");
        }
    };

    private static Operation<String> poll(Duration timeout) {
        return TEXT.until("done"::equals, Polling.every(Duration.ofSeconds(20), timeout, "job x to end"), seen -> {});
    }

    static Stream<Operation<String>> waiting() {
        return Stream.of(poll(Duration.ofMinutes(5)), TEXT);
    }

    @ParameterizedTest
    @MethodSource("waiting")
    void closingTheClientEndsAPauseOfABlockingOperation(Operation<String> operation) throws Exception {
        Service pending = connection -> {
            while (connection.request()) {
                connection.send(
                        operation == TEXT
                                ? "HTTP/1.1 503 Busy\r\nRetry-After: 20\r\nContent-Length: 0\r\n\r\n"
                                : RawServer.ok("pending"));
            }
        };
        try (RawServer server = new RawServer(pending)) {
            TestClient client = TestClient.builder().baseUrl(server.url()).build();
            CompletableFuture<Throwable> failure = onThread(() -> client.perform(operation));
            await().until(() -> !server.requests.isEmpty());

            client.close();

            assertThat(failure.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(CallCancelledException.class)
                    .hasMessageContaining("the client was closed");
            await().atMost(1, TimeUnit.SECONDS).until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aWaitEndsInTimeOnAServerThatHangs() throws IOException {
        try (RawServer server = new RawServer(HUNG);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            RequestTimeoutException failure = catchThrowableOfType(
                    RequestTimeoutException.class, () -> client.perform(poll(Duration.ofMillis(300))));

            assertThat(failure.kind()).isEqualTo(Kind.WAIT);
            assertThat(failure).hasMessageContaining("0.3 s");
            assertThat(failure.getCause()).hasMessageNotContaining("60.0 s");
        }
    }

    @Test
    void aLookUpHasWhatIsLeftOfTheCallsTime() throws IOException {
        Service lost = connection -> {
            connection.request();
            if (connection.head.startsWith("GET")) {
                connection.awaitEnd();
            }
        };
        try (RawServer server = new RawServer(lost);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .callTimeout(Duration.ofMillis(400))
                        .build()) {
            long start = System.nanoTime();
            Operation<String> submit = Endpoint.post("x", ResponseType.text()).verifiedBy(TEXT.map(Optional::of));

            assertThat(catchThrowable(() -> client.perform(submit))).isInstanceOf(ConnectionException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void tightLimitsAreTimeoutsAndNothingElse() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n");
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.DEFAULT.initialDelay(Duration.ofNanos(200_000)))
                        .build()) {
            for (int call = 0; call < 1_000; call++) {
                Endpoint<String> tight = TEXT.callTimeout(Duration.ofNanos(1 + call * 1_000L));
                assertThat(catchThrowable(() -> client.perform(tight)))
                        .isInstanceOfAny(RequestTimeoutException.class, ServerException.class);
            }
        }
    }

    @Test
    void theListenerHearsOfTheEndOfACallThatIsInterruptedInAPause() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        CountDownLatch finished = new CountDownLatch(1);
        ClientListener listener = new ClientListener() {
            @Override
            public void retryScheduled(Call call, Attempt failed, Duration delay) {
                pausing.countDown();
            }

            @Override
            public void callFinished(Call call, Attempt last, Duration duration) {
                finished.countDown();
            }
        };
        try (RawServer server = new RawServer(BUSY);
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(listener)
                        .build()) {
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread caller = new Thread(() -> failure.complete(catchThrowable(() -> client.perform(TEXT))));
            caller.start();
            pausing.await();
            caller.interrupt();

            assertThat(failure.get(1, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
            assertThat(finished.await(1, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anInterruptedThreadCostsNoIdleConnection() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            client.perform(TEXT);
            Thread.currentThread().interrupt();
            CallCancelledException failure =
                    catchThrowableOfType(CallCancelledException.class, () -> client.perform(TEXT));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
            client.perform(TEXT);
            assertThat(server.connections).hasValue(1);
        }
    }

    static Stream<Service> endlessHeads() {
        return Stream.of(
                trickling("HTTP/1.1 200 OK"),
                flooding("", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
                flooding("HTTP/1.1 200 OK\r\n", "X-Header: value\r\n"),
                flooding("HTTP/1.1 200 OK\r\nX-Long: ", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
                flooding("HTTP/1.1 200 OK\r\nX-Folded: ", "\r\n folded"),
                flooding("", "\r\n"));
    }

    /** The read timeout is a second here: {@link Settings}. */
    @ParameterizedTest
    @MethodSource("endlessHeads")
    void theHeadOfAStreamIsHereInTimeOrNotAtAll(Service service) throws IOException {
        try (RawServer server = new RawServer(service);
                HttpTransport transport = Settings.transport(Settings.of(server.url()), () -> {
                    throw new IllegalStateException("no timer is needed");
                });
                HttpStream stream = transport.stream(TEXT, Duration.ofMillis(300))) {
            long start = System.nanoTime();
            assertThat(catchThrowable(stream::open))
                    .isInstanceOfAny(ConnectionException.class, RequestTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    private static Service trickling(String text) {
        return connection -> {
            connection.request();
            for (int at = 0; ; at++) {
                connection.send(text.substring(at % text.length(), at % text.length() + 1));
                new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
            }
        };
    }

    private static Service flooding(String head, String more) {
        return connection -> {
            connection.request();
            connection.send(head);
            String much = more.repeat(1_000);
            while (true) {
                connection.send(much);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUploadThatTheServerTakesNoMoreOfEndsByTheReadTimeout(boolean tls, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("large"), new byte[20 << 20]);
        CountDownLatch over = new CountDownLatch(1);
        Service stalled = connection -> {
            connection.readHead();
            over.await();
        };
        try (RawServer server =
                        new RawServer(stalled, tls ? ConnectionsTest.tlsServer() : ServerSocketFactory.getDefault());
                TestClient client = (tls
                                ? ConnectionsTest.tlsClient(server)
                                : TestClient.builder().baseUrl(server.url()))
                        .readTimeout(Duration.ofMillis(300))
                        .build()) {
            RequestTimeoutException failure = catchThrowableOfType(
                    RequestTimeoutException.class,
                    () -> client.perform(Endpoint.post("x", ResponseType.text()).file(file)));
            assertThat(failure.kind()).isEqualTo(Kind.READ);
            over.countDown();
        }
    }

    @Test
    void closingTheClientEndsAnUpload(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[20 << 20]);
        Service slow = connection -> {
            connection.readHead();
            connection.awaitEnd();
        };
        for (int run = 0; run < 20; run++) {
            try (RawServer server = new RawServer(slow)) {
                TestClient client = TestClient.builder().baseUrl(server.url()).build();
                CompletableFuture<Throwable> failure = onThread(() ->
                        client.perform(Endpoint.post("x", ResponseType.text()).file(file)));
                await().pollInterval(Duration.ofMillis(1)).until(() -> !server.requests.isEmpty());
                client.close();
                assertThat(failure.get(1, TimeUnit.SECONDS))
                        .isInstanceOf(CallCancelledException.class)
                        .hasMessageContaining("the client was closed");
            }
        }
    }

    @Test
    void aProgressListenerThatThrowsBreaksTheUploadOff(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("large"), new byte[1 << 20]);
        try (RawServer server = new RawServer(HUNG);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            RequestContent.Multipart form = RequestContent.Multipart.empty()
                    .file("f", file)
                    .onProgress((sent, total) -> {
                        throw new IllegalStateException("listener");
                    });
            assertThat(catchThrowable(() -> client.perform(
                            Endpoint.post("x", ResponseType.text()).multipart(form))))
                    .isInstanceOf(IllegalStateException.class);
            await().atMost(1, TimeUnit.SECONDS).until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void aTlsHandshakeThatHangsEndsByTheConnectTimeout() throws IOException {
        try (RawServer server = new RawServer(connection -> connection.awaitEnd());
                TestClient client = ConnectionsTest.tlsClient(server)
                        .connectTimeout(Duration.ofMillis(200))
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            RequestTimeoutException failure =
                    catchThrowableOfType(RequestTimeoutException.class, () -> client.perform(TEXT));
            assertThat(failure.kind()).isEqualTo(Kind.CONNECT);
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
        }
    }

    @Test
    void anInterruptAndACloseEndATlsHandshake() throws Exception {
        for (boolean interrupts : List.of(true, false)) {
            try (RawServer server = new RawServer(connection -> connection.awaitEnd())) {
                TestClient client = ConnectionsTest.tlsClient(server)
                        .connectTimeout(Duration.ofMinutes(1))
                        .build();
                CompletableFuture<Throwable> failure = new CompletableFuture<>();
                Thread caller = new Thread(() -> failure.complete(catchThrowable(() -> client.perform(TEXT))));
                caller.start();
                await().until(() -> server.openConnections() == 1);
                if (interrupts) {
                    caller.interrupt();
                } else {
                    client.close();
                }
                CallCancelledException cancelled = (CallCancelledException) failure.get(1, TimeUnit.SECONDS);
                assertThat(cancelled.mayHaveBeenExecuted()).isFalse();
                client.close();
            }
        }
    }

    private static CompletableFuture<Throwable> onThread(Runnable call) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        new Thread(() -> failure.complete(catchThrowable(call::run))).start();
        return failure;
    }
}
