package io.synapse.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees when something goes wrong: the right exception, one useful line, and no secret in it. */
class ErrorsTest {
    private static final String TOKEN = "s3cr3t-t0ken";
    private static final Endpoint<Map<String, Object>> THING = Endpoint.get("things/7", ResponseType.object());

    private final MockWebServer server = new MockWebServer();
    private TestClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = builder().build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, BadRequestException",
        "401, AuthenticationException",
        "403, AuthorizationException",
        "404, NotFoundException",
        "409, ConflictException",
        "418, ClientException",
        "422, BadRequestException",
        "429, RateLimitException",
        "500, ServerException",
        "501, ServerException",
        "503, ServerException",
    })
    void eachStatusHasItsException(int status, String name) {
        server.enqueue(answer(status, "{\"detail\":\"no such thing\"}"));

        ClientException failure = failure(THING);

        assertThat(failure.getClass().getSimpleName()).isEqualTo(name);
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure).hasMessage("GET " + server.url("/things/7") + " answered " + status + ": no such thing");
        assertThat(failure.detail()).contains(Map.of("detail", "no such thing"));
        assertThat(failure.request()).contains("GET " + server.url("/things/7"));
        assertThat(failure.responseHeaders()).containsKey("CONTENT-length");
        assertThat(failure.attempts()).isOne();
    }

    @Test
    void aListOfFieldErrorsBecomesReadable() {
        server.enqueue(answer(
                422,
                "{\"detail\":[{\"loc\":[\"body\",\"epochs\"],\"msg\":\"must be positive\",\"type\":\"value\",\"input\":0},"
                        + "{\"loc\":[\"query\",0],\"msg\":\"unknown\"}]}"));

        BadRequestException failure = failure(THING, BadRequestException.class);

        assertThat(failure).hasMessageEndingWith("body -> epochs: must be positive; query -> 0: unknown");
        assertThat(failure.fieldErrors()).hasSize(2);
    }

    @Test
    void aBodyThatIsNotJsonIsText() {
        server.enqueue(answer(500, "Traceback:\n  boom"));

        ClientException failure = failure(THING);

        assertThat(failure).hasMessageEndingWith("answered 500: Traceback: boom");
        assertThat(failure.detail()).contains("Traceback:\n  boom");
    }

    @Test
    void aLoginPageIsNoAnswerWhateverWasAskedFor() {
        MockResponse page = new MockResponse.Builder()
                .setHeader("Content-Type", "text/html")
                .body("<html>Sign in</html>")
                .build();
        for (Endpoint<?> endpoint : List.of(
                THING,
                Endpoint.delete("x"),
                Endpoint.get("x", ResponseType.text()),
                Endpoint.post("x", ResponseType.nothing()))) {
            server.enqueue(page);
            assertThatThrownBy(() -> client.perform(endpoint))
                    .isInstanceOf(UnexpectedResponseException.class)
                    .hasMessageContaining("text/html");
        }
    }

    @Test
    void aTokenThatTheServerEchoesIsShownNowhere() {
        server.enqueue(answer(401, "{\"detail\":\"no user of zebra-zebra-7 here\"}"));

        ClientException failure = failure(THING.header("Authorization", "zebra-zebra-7"));

        assertThat(failure).hasMessageEndingWith("no user of *** here");
        assertThat(failure.detail()).contains(Map.of("detail", "no user of *** here"));
    }

    @Test
    void secretsAreMaskedIdsAreNotAndLongTextIsCut() {
        server.enqueue(answer(
                400,
                "{\"detail\":\"job 'train-7' has password='hunter2' and \\\"api_key\\\": \\\"hunter3\\\" "
                        + "x".repeat(300) + "\"}"));

        ClientException failure = failure(THING);

        assertThat(failure.getMessage())
                .doesNotContain("hunter")
                .contains("job 'train-7' has password='***' and \"api_key\": \"***\" xxx");
        assertThat(failure.getMessage().length()).isLessThan(300);
    }

    @Test
    void notEnoughGpuIsSaidWithItsNumbers() {
        server.enqueue(
                answer(
                        503,
                        "{\"error_type\":\"gpu_unavailable\",\"message\":\"all busy\",\"max_utilization\":97,\"threshold\":90}"));

        GpuUnavailableException failure = failure(THING, GpuUnavailableException.class);

        assertThat(failure.fields()).containsEntry("max_utilization", 97).containsEntry("threshold", 90);
        assertThat(failure.mayHaveBeenExecuted()).isFalse();
    }

    @Test
    void aServerThatIsDownIsNamed() throws IOException {
        int port = unusedPort();
        try (TestClient toNowhere =
                builder().baseUrl("http://127.0.0.1:" + port).build()) {
            assertThatThrownBy(() -> toNowhere.perform(THING))
                    .isInstanceOfSatisfying(ConnectionException.class, failure -> {
                        assertThat(failure.statusCode()).isEqualTo(503);
                        assertThat(failure.mayHaveBeenExecuted()).isFalse();
                    })
                    .hasMessageContaining("cannot connect to 127.0.0.1:" + port);
        }
    }

    @Test
    void aHungServerIsAReadTimeout() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());
        try (TestClient hasty = builder().readTimeout(Duration.ofMillis(50)).build()) {
            RequestTimeoutException failure =
                    catchThrowableOfType(RequestTimeoutException.class, () -> hasty.perform(THING));

            assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.READ);
            assertThat(failure).hasMessageEndingWith("was silent for the read timeout of 0.05 s");
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
        }
    }

    @Test
    void aCallThatTakesTooLongInAllIsACallTimeout() {
        server.enqueue(
                new MockResponse.Builder().headersDelay(1, TimeUnit.HOURS).build());

        RequestTimeoutException failure =
                failure(THING.callTimeout(Duration.ofMillis(50)), RequestTimeoutException.class);

        assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.CALL);
    }

    /** A socket that listens and whose queue is full takes no connection. */
    @Test
    void aRequestMayBeMorePatientWithASilentServerThanItsClient() {
        server.enqueue(slow());
        server.enqueue(slow());

        try (TestClient hasty = builder()
                .readTimeout(Duration.ofMillis(50))
                .retryPolicy(RetryPolicy.NEVER)
                .build()) {
            assertThat(hasty.perform(THING.readTimeout(Duration.ofSeconds(30)))).isEmpty();
            assertThatThrownBy(() -> hasty.perform(THING.readTimeout(Duration.ofMillis(60))))
                    .isInstanceOf(RequestTimeoutException.class)
                    .hasMessageEndingWith("was silent for the read timeout of 0.06 s");
        }
    }

    private static MockResponse slow() {
        return new MockResponse.Builder()
                .body("{}")
                .headersDelay(300, TimeUnit.MILLISECONDS)
                .build();
    }

    @Test
    void noConnectionInTimeIsAConnectTimeout() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (var first = new Socket(full.getInetAddress(), full.getLocalPort());
                    var second = new Socket(full.getInetAddress(), full.getLocalPort());
                    TestClient hasty = builder()
                            .baseUrl("http://127.0.0.1:" + full.getLocalPort())
                            .connectTimeout(Duration.ofMillis(100))
                            .build()) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                RequestTimeoutException failure =
                        catchThrowableOfType(RequestTimeoutException.class, () -> hasty.perform(THING));

                assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.CONNECT);
                assertThat(failure.mayHaveBeenExecuted()).isFalse();
            }
        }
    }

    @Test
    void aReplyThatBreaksOffMayHaveBeenExecuted() {
        server.enqueue(new MockResponse.Builder()
                .body("{\"a\":1}")
                .onResponseBody(new SocketEffect.CloseSocket())
                .build());

        ConnectionException failure =
                failure(Endpoint.post("things", ResponseType.object()), ConnectionException.class);

        assertThat(failure.mayHaveBeenExecuted()).isTrue();
    }

    @Test
    void aBodyOfTheWrongKindIsUnexpected() {
        server.enqueue(answer(200, "<html>not the agent</html>"));

        assertThat(failure(THING, UnexpectedResponseException.class))
                .hasMessageContaining("answered 200, but its body is not");
    }

    @ParameterizedTest
    @CsvSource({"302, http://evil.example/x", "307, http://evil.example/x", "301, https://127.0.0.1/x"})
    void aRedirectToAnotherOriginIsNotFollowed(int status, String location) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Location", location)
                .build());

        UnexpectedResponseException failure = failure(THING, UnexpectedResponseException.class);

        assertThat(failure).hasMessageContaining("redirects to another origin");
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void aRedirectOnTheSameOriginIsFollowed() throws InterruptedException {
        server.enqueue(new MockResponse.Builder()
                .code(308)
                .addHeader("Location", "/things/7/")
                .build());
        server.enqueue(answer(200, "{}"));

        client.perform(THING);

        server.takeRequest();
        assertThat(server.takeRequest().getTarget()).isEqualTo("/things/7/");
    }

    @Test
    void aRedirectThatWouldTurnAPostIntoAGetIsNotFollowed() {
        server.enqueue(new MockResponse.Builder()
                .code(302)
                .addHeader("Location", "/things/")
                .build());

        failure(Endpoint.post("things", ResponseType.object()), UnexpectedResponseException.class);

        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void noTextOfOursHoldsTheToken() {
        server.enqueue(answer(401, "{\"detail\":\"the token '" + TOKEN + "' is wrong\"}"));

        ClientException failure = failure(THING);

        assertThat(failure.toString() + client + client.async()).doesNotContain(TOKEN);
    }

    @Test
    void badSettingsAreRefusedWithoutShowingTheSecret() {
        assertThatThrownBy(() -> builder().header("Authorization", TOKEN + "\n"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining(TOKEN);
        assertThatThrownBy(() -> builder().baseUrl("http://user:" + TOKEN + "@host/"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining(TOKEN);
        assertThatThrownBy(() -> TestClient.builder().build()).hasMessageContaining("base URL is missing");
        assertThatThrownBy(() -> builder().baseUrl("ftp://host")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> builder().readTimeout(Duration.ZERO)).isInstanceOf(BadRequestException.class);
    }

    private TestClient.Builder builder() {
        return TestClient.builder()
                .baseUrl(server.url("/").toString())
                .header("Authorization", TOKEN)
                .retryPolicy(RetryPolicy.NEVER);
    }

    private static MockResponse answer(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }

    private ClientException failure(Operation<?> operation) {
        return failure(operation, ClientException.class);
    }

    private <E extends ClientException> E failure(Operation<?> operation, Class<E> type) {
        return catchThrowableOfType(type, () -> client.perform(operation));
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
