package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.RawServer.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.net.ServerSocketFactory;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server does with its connections, each call gets its own answer or says what went wrong. */
@Timeout(30)
class ConnectionsTest {
    private static final Endpoint<String> TEXT = Endpoint.get("x", ResponseType.text());
    private static final HeldCertificate CERTIFICATE =
            new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();

    /** A request of each method. */
    enum Request {
        GET,
        POST,
        PATCH,
        DELETE;

        Endpoint<String> endpoint() {
            return Endpoint.of(HttpMethod.valueOf(name()), "x", ResponseType.text());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatTheServerHasClosedIsNotUsedAgain(Request request) throws IOException {
        try (RawServer server = closingAfterEachAnswer(ServerSocketFactory.getDefault())) {
            callsAgainAndAgain(server, TestClient.builder().baseUrl(server.url()), request);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTlsConnectionThatTheServerHasClosedIsNotUsedAgain(Request request) throws IOException {
        try (RawServer server = closingAfterEachAnswer(tlsServer())) {
            callsAgainAndAgain(server, tlsClient(server), request);
        }
    }

    private static RawServer closingAfterEachAnswer(ServerSocketFactory sockets) throws IOException {
        return new RawServer(
                connection -> {
                    connection.request();
                    connection.send(RawServer.ok("done"));
                },
                sockets);
    }

    private static void callsAgainAndAgain(RawServer server, TestClient.Builder builder, Request request) {
        try (TestClient client = builder.retryPolicy(RetryPolicy.NEVER).build()) {
            for (int call = 0; call < 3; call++) {
                assertThat(client.perform(request.endpoint())).isEqualTo("done");
                await().pollInterval(Duration.ofMillis(1)).until(() -> server.openConnections() == 0);
            }
        }
        assertThat(server.requests).hasSize(3);
    }

    /** As uvicorn does after an error that it did not expect: the next request may be on its way by then. */
    @Test
    void aConnectionThatBroughtAnInternalErrorIsNotUsedAgain() throws IOException {
        CountDownLatch secondAsked = new CountDownLatch(1);
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\nerror");
                    secondAsked.await(); // it hangs up as late as can be
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(catchThrowable(() -> client.perform(Request.POST.endpoint())))
                    .isInstanceOf(ServerException.class);
            assertThat(catchThrowable(() -> client.perform(Request.POST.endpoint())))
                    .isInstanceOf(ServerException.class);
            secondAsked.countDown();
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void aConnectionIsNotUsedAfterItsIdleTime() throws IOException {
        try (RawServer server = RawServer.answering(RawServer.ok("done"));
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .idle(Duration.ofNanos(1))
                        .build()) {
            client.perform(Request.POST.endpoint());
            client.perform(Request.POST.endpoint());
            assertThat(server.connections).hasValue(2);
        }
    }

    /** Not even when the request and the end of the connection cross. */
    @Test
    void aServerThatClosesConnectionsIsNotTrustedWithAPostAgain() throws IOException {
        try (RawServer server = closingAfterEachAnswer(ServerSocketFactory.getDefault());
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            client.perform(Request.POST.endpoint());
            await().pollInterval(Duration.ofMillis(1)).until(() -> server.openConnections() == 0);
            for (int call = 0; call < 300; call++) {
                client.perform(Request.POST.endpoint());
            }
            assertThat(server.requests).hasSize(301);
        }
    }

    @Test
    void aGetThatMeetsADeadConnectionGoesOutOnANewOneAtOnce() throws IOException {
        List<Integer> attempts = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void callFinished(Call call, Attempt last, Duration duration) {
                attempts.add(last.number());
            }
        };
        try (RawServer server = closingAfterEachAnswer(ServerSocketFactory.getDefault());
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(listener)
                        .build()) {
            for (int call = 0; call < 50; call++) {
                client.perform(TEXT);
            }
            assertThat(server.requests).hasSize(50);
        }
        assertThat(attempts).containsOnly(1);
    }

    /** So it need not look before whether the connection is dead, which takes a millisecond. */
    @Test
    void anIdempotentPostThatMeetsADeadConnectionGoesOutOnANewOneAtOnce() throws IOException {
        List<Integer> attempts = new ArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void callFinished(Call call, Attempt last, Duration duration) {
                attempts.add(last.number());
            }
        };
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(RawServer.ok("done"));
                    connection.request(); // and then it is gone
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .listener(listener)
                        .build()) {
            client.perform(Request.POST.endpoint().idempotent());
            client.perform(Request.POST.endpoint().idempotent());
            assertThat(server.requests).hasSize(3);
        }
        assertThat(attempts).containsExactly(1, 1);
    }

    @Test
    void aGetThatTheServerReadAndDidNotAnswerIsSentOnceIfTheUserWantsIt() throws IOException {
        AtomicInteger answered = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request() && answered.getAndIncrement() == 0) {
                        connection.send(RawServer.ok("first"));
                    }
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            client.perform(TEXT);
            assertThat(catchThrowable(() -> client.perform(TEXT))).isInstanceOf(ConnectionException.class);
            assertThat(server.requests).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void idleTlsConnectionsAreUsedAgain(Request request) throws IOException {
        try (RawServer server = new RawServer(
                        connection -> {
                            while (connection.request()) {
                                connection.send(RawServer.ok("done"));
                            }
                        },
                        tlsServer());
                TestClient client = tlsClient(server).build()) {
            for (int call = 0; call < 100; call++) {
                client.perform(request.endpoint());
            }
            assertThat(server.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse", "garbage", "\r\n"})
    void whatComesAfterAnAnswerIsNotTheNextOne(String surplus) throws IOException {
        AtomicInteger number = new AtomicInteger();
        try (RawServer server = new RawServer(connection -> {
                    while (connection.request()) {
                        connection.send(RawServer.ok("right " + number.incrementAndGet()) + surplus);
                    }
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            for (int call = 1; call <= 20; call++) {
                assertThat(client.perform(TEXT)).isEqualTo("right " + call);
            }
        }
    }

    static Stream<String> goodAnswers() {
        return Stream.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b;c\"\r\nhello\r\n0;x\r\nX-Trailer: 1\r\n\r\n",
                "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + RawServer.ok("hello"),
                "\r\n" + RawServer.ok("hello"),
                "HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 5\r\n\r\nhello");
    }

    @ParameterizedTest
    @MethodSource("goodAnswers")
    void everyFormOfAnAnswerIsUnderstood(String answer) throws IOException {
        try (RawServer server = RawServer.answering(answer);
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(client.perform(TEXT)).isEqualTo("hello");
            assertThat(client.perform(TEXT)).isEqualTo("hello");
            assertThat(server.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\nhello",
                "HTTP/1.0 200 OK\r\n\r\nhello",
                "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
            })
    void anAnswerMayEndWithItsConnection(String answer) throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(answer);
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(client.perform(TEXT)).isEqualTo("hello");
            assertThat(client.perform(TEXT)).isEqualTo("hello");
            assertThat(server.connections).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 4\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 -20 OK\r\n\r\n",
                "HTTP/1.1 99999 OK\r\n\r\n",
                "HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                "HTTP/1.1",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
                "\0\1\2\3",
                ""
            })
    void aBrokenAnswerIsNoResult(String answer) throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(answer);
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            ClientException failure = catchThrowableOfType(ClientException.class, () -> client.perform(TEXT));
            assertThat(failure).isInstanceOfAny(ConnectionException.class, UnexpectedResponseException.class);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
        }
    }

    @Test
    void whatFollowsTheLengthOfAnAnswerIsLeftOut() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello");
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(client.perform(TEXT)).isEqualTo("he");
            assertThat(client.perform(TEXT)).isEqualTo("he");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 99\r\n\r\n{\"detail\":\"no such thing\"",
                "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nno su",
                "HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nno",
                "HTTP/1.1 404 Not Found\r\nContent-Encoding: zstd\r\nContent-Length: 2\r\n\r\nno"
            })
    void theStatusOfAnErrorHoldsHoweverItsBodyEnds(String answer) throws IOException {
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send(answer);
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(catchThrowable(() -> client.perform(TEXT))).isInstanceOf(NotFoundException.class);
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    void anErrorMayBeCompressed() throws IOException {
        byte[] body = gzip("{\"detail\":\"no such thing\"}");
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 404 Not Found\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                            + "\r\n\r\n");
                    connection.send(body);
                });
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            assertThat(catchThrowable(() -> client.perform(TEXT))).hasMessageContaining("no such thing");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void anAnswerMayBeCompressed(int missing) throws IOException {
        byte[] body = gzip("hello");
        try (RawServer server = new RawServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n");
                    connection.send(java.util.Arrays.copyOf(body, body.length - missing));
                });
                TestClient client = TestClient.builder()
                        .baseUrl(server.url())
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            if (missing == 0) {
                assertThat(client.perform(TEXT)).isEqualTo("hello");
            } else {
                assertThat(catchThrowable(() -> client.perform(TEXT))).isInstanceOf(ClientException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerWithoutABodyEndsWithItsHead(int status) throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 " + status + " x\r\nContent-Length: 5\r\n\r\n");
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            if (status == 204) {
                client.perform(Endpoint.delete("x"));
            } else {
                assertThat(catchThrowable(() -> client.perform(TEXT))).isInstanceOf(UnexpectedResponseException.class);
            }
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
                TestClient client = TestClient.builder().baseUrl(server.url()).build()) {
            client.perform(Endpoint.of(HttpMethod.HEAD, "x", ResponseType.nothing()));
            client.perform(Endpoint.of(HttpMethod.HEAD, "x", ResponseType.nothing()));
            assertThat(server.connections).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerThatComesBeforeTheRequestWasReadCounts(boolean tls) throws IOException {
        Service service = connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 413 Too Large\r\nContent-Length: 7\r\nConnection: close\r\n\r\ntoo big");
        };
        try (RawServer server = new RawServer(service, tls ? tlsServer() : ServerSocketFactory.getDefault());
                TestClient client =
                        (tls ? tlsClient(server) : TestClient.builder().baseUrl(server.url())).build()) {
            Endpoint<String> upload =
                    Endpoint.post("x", ResponseType.text()).json(Map.of("large", "x".repeat(20_000_000)));
            ClientException failure = catchThrowableOfType(ClientException.class, () -> client.perform(upload));
            assertThat(failure).hasMessageContaining("413").hasMessageContaining("too big");
        }
    }

    /** Each answer names the call that it belongs to; a third of the calls are given up at some time. */
    @Test
    void noCallEverGetsTheAnswerOfAnother() throws Exception {
        Service echo = connection -> {
            while (connection.request()) {
                Thread.yield();
                connection.send(RawServer.ok(connection.target()));
            }
        };
        AtomicInteger right = new AtomicInteger();
        try (RawServer server = new RawServer(echo)) {
            ExecutorService callers = Executors.newFixedThreadPool(32);
            try (TestClient client = TestClient.builder()
                    .baseUrl(server.url())
                    .executor(Executors.newCachedThreadPool())
                    .build()) {
                List<Future<?>> done = new ArrayList<>();
                for (int caller = 0; caller < 32; caller++) {
                    String name = "call" + caller + "-";
                    done.add(callers.submit(() -> {
                        for (int call = 0; call < 100; call++) {
                            String path = name + call;
                            Endpoint<String> endpoint = Endpoint.get(path, ResponseType.text());
                            CompletableFuture<String> answer = client.async().perform(endpoint);
                            if (call % 3 == 0) {
                                for (int spin = ThreadLocalRandom.current().nextInt(2_000); spin > 0; spin--) {
                                    Thread.onSpinWait();
                                }
                                answer.cancel(true);
                            } else {
                                assertThat(answer.get()).isEqualTo("/" + path);
                                right.incrementAndGet();
                            }
                        }
                        return null;
                    }));
                }
                for (Future<?> each : done) {
                    each.get();
                }
            }
            callers.shutdown();
            assertThat(right).hasValue(32 * 66);
            await().atMost(1, TimeUnit.SECONDS).until(() -> server.openConnections() == 0);
        }
    }

    @Test
    void anInterruptWhileABodyIsReadIsACancellation() throws Exception {
        for (ResponseType<?> type : List.of(ResponseType.text(), ResponseType.object(), ResponseType.of(Named.class))) {
            CountDownLatch half = new CountDownLatch(1);
            try (RawServer server = new RawServer(connection -> {
                        connection.request();
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"name\":\"x");
                        half.countDown();
                        connection.awaitEnd();
                    });
                    TestClient client =
                            TestClient.builder().baseUrl(server.url()).build()) {
                CompletableFuture<Throwable> failure = new CompletableFuture<>();
                CompletableFuture<Boolean> flag = new CompletableFuture<>();
                Thread caller = new Thread(() -> {
                    failure.complete(catchThrowable(() -> client.perform(Endpoint.get("x", type))));
                    flag.complete(Thread.currentThread().isInterrupted());
                });
                caller.start();
                half.await();
                caller.interrupt();
                assertThat(failure.get(2, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
                assertThat(flag.get()).isTrue();
                await().atMost(1, TimeUnit.SECONDS).until(() -> server.openConnections() == 0);
            }
        }
    }

    @Test
    void aBodyThatStallsIsATimeout() throws IOException {
        for (ResponseType<?> type : List.of(ResponseType.text(), ResponseType.object(), ResponseType.of(Named.class))) {
            try (RawServer server = new RawServer(connection -> {
                        connection.request();
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"name\":\"x");
                        connection.awaitEnd();
                    });
                    TestClient client = TestClient.builder()
                            .baseUrl(server.url())
                            .readTimeout(Duration.ofMillis(50))
                            .retryPolicy(RetryPolicy.NEVER)
                            .build()) {
                assertThat(catchThrowable(() -> client.perform(Endpoint.get("x", type))))
                        .isInstanceOf(RequestTimeoutException.class);
            }
        }
    }

    /** A model. */
    public record Named(String name) {}

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static ServerSocketFactory tlsServer() {
        return new HandshakeCertificates.Builder()
                .heldCertificate(CERTIFICATE)
                .build()
                .sslContext()
                .getServerSocketFactory();
    }

    static TestClient.Builder tlsClient(RawServer server) {
        return TestClient.builder()
                .baseUrl("https://127.0.0.1:" + server.port())
                .trustedCertificates(List.of(CERTIFICATE.certificate()));
    }
}
