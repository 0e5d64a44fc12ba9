package io.synapse.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of single requests, seen from the JDK's HTTP client, in front of the JDK's HTTP server. */
class RequestFaultTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<String> executed = new CopyOnWriteArrayList<>();
    private final ExecutorService serverThreads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::echo);
        server.setExecutor(serverThreads);
        server.start();
        proxy = FaultProxy.inFrontOf(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/api/"));
    }

    @AfterEach
    void stop() {
        proxy.close();
        server.stop(0);
        serverThreads.shutdownNow();
    }

    /** Answers with what it got; chunked when the query says so. */
    private void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        executed.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length);
        boolean chunked = "chunked".equals(exchange.getRequestURI().getQuery());
        boolean head = exchange.getRequestMethod().equals("HEAD");
        long length = head || body.length == 0 ? -1 : body.length;
        exchange.sendResponseHeaders(200, chunked ? 0 : length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Test
    void passesEveryByteBothWaysOnOneConnection() throws Exception {
        byte[] megabytes = new byte[5_000_000];
        new Random(1).nextBytes(megabytes);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(megabytes));

        assertThat(post("a", BodyPublishers.ofByteArray(megabytes)).body()).isEqualTo(megabytes);
        assertThat(post("b?chunked", BodyPublishers.ofByteArray(megabytes)).body())
                .isEqualTo(megabytes);
        assertThat(post("c", chunked).body()).isEqualTo(megabytes);
        assertThat(post("d?chunked", chunked).body()).isEqualTo(megabytes);
        assertThat(get("e?x=1").statusCode()).isEqualTo(200);
        assertThat(send(request("f").method("HEAD", BodyPublishers.noBody())).statusCode())
                .isEqualTo(200);

        assertThat(proxy.connectionsOpened()).isEqualTo(1);
        assertThat(proxy.requests())
                .hasToString("[POST /api/a, POST /api/b?chunked, POST /api/c, POST /api/d?chunked, GET /api/e?x=1,"
                        + " HEAD /api/f]");
        assertThat(proxy.bytesToServer()).isBetween(20_000_000L, 20_100_000L);
        assertThat(proxy.bytesToClients()).isBetween(20_000_000L, 20_100_000L);
    }

    @Test
    void answersTheNextRequestsByItselfAndKeepsTheConnection() throws Exception {
        proxy.next(2, Fault.status(503, Map.of("Retry-After", "7"), "{\"detail\": \"größer\"}"));

        HttpResponse<byte[]> first = post("jobs/", BodyPublishers.ofString("job"));
        HttpResponse<byte[]> second = get("jobs/");
        HttpResponse<byte[]> third = post("jobs/", BodyPublishers.ofString("job"));

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(new String(first.body(), StandardCharsets.UTF_8)).isEqualTo("{\"detail\": \"größer\"}");
        assertThat(second.statusCode()).isEqualTo(503);
        assertThat(third.statusCode()).isEqualTo(200);
        assertThat(executed).containsExactly("POST /api/jobs/ 3");
        assertThat(proxy.requests()).hasToString("[POST /api/jobs/, GET /api/jobs/, POST /api/jobs/]");
        assertThat(proxy.connectionsOpened()).isEqualTo(1);
    }

    @Test
    void answersWithoutABodyWhereHttpAllowsNone() throws Exception {
        proxy.next(Fault.status(503, Map.of(), "not for HEAD"));
        proxy.next(Fault.status(204, Map.of(), "not with 204"));

        try (RawClient raw = new RawClient(proxy.uri())) {
            raw.send("HEAD /api/ HTTP/1.1\r\n\r\n");
            assertThat(raw.readHead()).startsWith("HTTP/1.1 503 ").contains("Content-Length: 12");
            raw.send("GET /api/ HTTP/1.1\r\n\r\n");
            assertThat(raw.readHead()).startsWith("HTTP/1.1 204 ").doesNotContain("Content-Length");
            raw.send("GET /api/ HTTP/1.1\r\n\r\n");
            assertThat(raw.readHead()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void letsAClientThatWaitsForPermissionSendItsBodyBeforeItAnswers() throws Exception {
        proxy.next(Fault.status(500));

        HttpRequest.Builder waiting = request("a").expectContinue(true);

        assertThat(send(waiting.POST(BodyPublishers.ofString("body"))).statusCode())
                .isEqualTo(500);
        assertThat(executed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs/", "jobs/?chunked"})
    void losesTheReplyOfARequestThatTheServerHasExecuted(String path) throws Exception {
        proxy.next(Fault.loseReply().on("post", "/api/jobs/"));

        assertThat(get(path).statusCode()).isEqualTo(200);
        long bytesBefore = proxy.bytesToClients();
        assertThatIOException().isThrownBy(() -> post(path, BodyPublishers.ofString("once")));

        assertThat(executed).containsExactly("GET /api/" + path + " 0", "POST /api/" + path + " 4");
        assertThat(proxy.bytesToClients()).isEqualTo(bytesBefore);
        assertThat(post(path, BodyPublishers.ofString("again")).statusCode()).isEqualTo(200);
    }

    @Test
    void hangsUntilTheClientLosesPatience() throws Exception {
        proxy.next(Fault.hang());

        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request("slow").build(), BodyHandlers.discarding());
        proxy.awaitRequest(request -> request.is("GET", "/api/slow"), SOON);
        assertThat(proxy.openConnections()).isEqualTo(1);
        answer.cancel(true);

        proxy.awaitClientGone(request -> request.is("GET", "/api/slow"), SOON);
        assertThat(executed).isEmpty();
    }

    @Test
    void disconnectsInsteadOfAnswering() throws Exception {
        proxy.next(Fault.disconnect());
        proxy.next(Fault.disconnect(Ending.RST));

        try (RawClient first = RawClient.get(proxy.uri(), "/api/");
                RawClient second = RawClient.get(proxy.uri(), "/api/")) {
            // The faults may come to the two in either order.
            proxy.awaitRequest(request -> proxy.requests().size() == 2, SOON);
            List<String> ends = List.of(endOf(first), endOf(second));
            assertThat(ends).containsExactlyInAnyOrder("FIN", "RST");
        }
        assertThat(executed).isEmpty();
    }

    private static String endOf(RawClient client) throws IOException {
        try {
            assertThat(client.in().read()).isEqualTo(-1);
            return "FIN";
        } catch (SocketException reset) {
            return "RST";
        }
    }

    @Test
    void findsRequestsByMethodPathAndCondition() throws Exception {
        proxy.every(Fault.status(501).on("DELETE", "/api/jobs/*/"));
        proxy.every(Fault.status(502).on("*", "/api/jobs/*/logs/"));
        proxy.every(Fault.status(503)
                .when(request -> request.header("synapse-tenant").isPresent()));

        assertThat(send(request("jobs/7/?force=1").DELETE()).statusCode()).isEqualTo(501);
        assertThat(get("jobs/7/").statusCode()).isEqualTo(200);
        assertThat(get("jobs/7/logs/").statusCode()).isEqualTo(502);
        assertThat(get("jobs/7/8/logs/").statusCode()).isEqualTo(200);
        assertThat(send(request("nodes/").header("SYNAPSE-Tenant", "t")).statusCode())
                .isEqualTo(503);
    }

    @Test
    void takesCountedFaultsFirstAndForgetsAllWhenCleared() throws Exception {
        proxy.every(Fault.status(500));
        proxy.next(Fault.status(502));
        proxy.next(2, Fault.status(503));

        assertThat(List.of(status("a"), status("b"), status("c"), status("d"), status("e")))
                .containsExactly(502, 503, 503, 500, 500);
        proxy.next(Fault.status(502));
        proxy.clear();
        assertThat(status("f")).isEqualTo(200);
    }

    @Test
    void saysNoToWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(99));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.cutAfter(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.webSocketClose(999, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.next(0, Fault.hang()));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.throttle(0));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.cutEvery(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> FaultProxy.inFrontOf(URI.create("https://host/")));
    }

    @Test
    void failsATestThatWaitsInVain() {
        assertThatThrownBy(() -> proxy.awaitClientGone(Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no client has left");
        assertThatThrownBy(() -> proxy.awaitRequest(any -> true, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no such request");
    }

    @Test
    void keepsCredentialsOutOfWhatItPrints() throws Exception {
        send(request("a").header("Authorization", "secret"));

        assertThat(proxy.requests().get(0).header("authorization")).contains("secret");
        assertThat(proxy.requests().toString()).doesNotContain("secret");
    }

    private int status(String path) throws Exception {
        return get(path).statusCode();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<byte[]> post(String path, BodyPublisher body) throws Exception {
        return send(request(path).POST(body));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(proxy.uri().resolve(path)).timeout(SOON);
    }
}
