package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.AuthorizationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A dashboard's errors become the right exception with one line, and everything is kept. */
class RayErrorsTest {
    private static final String TOKEN = "s3cret-token";
    private static final String BROKEN_REQUEST = "500 Internal Server Error\n\nServer got itself in trouble";
    private static final String TOO_MANY = "{\"result\": false, \"msg\": \"Max number of in-progress requests=100"
            + " reached. To set a higher limit, set environment variable: export"
            + " RAY_STATE_SERVER_MAX_HTTP_REQUEST='xxx'. Max allowed = 1000\", \"data\": {\"result\": null}}";

    private final MockWebServer server = new MockWebServer();
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = RayClient.builder()
                .baseUrl(server.url("/").toString())
                .authToken(TOKEN)
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(
                        500,
                        ScriptedDashboard.recorded("duplicate-id"),
                        ConflictException.class,
                        409,
                        "ValueError: Job with submission_id train-7 already exists."
                                + " Please use a different submission_id."),
                Arguments.of(
                        500,
                        ScriptedDashboard.recorded("not-over"),
                        ConflictException.class,
                        409,
                        "RuntimeError: Attempted to delete job 'train-7', but it is in a non-terminal state PENDING."),
                Arguments.of(
                        500,
                        ScriptedDashboard.recorded("bad-label"),
                        BadRequestException.class,
                        400,
                        "ValueError: Invalid label key name `a b`. Name must be 63 chars or less beginning and ending"
                                + " with an alphanumeric character ([a-z0-9A-Z]) with dashes (-), underscores (_),dots"
                                + " (.), and alphanumerics …"),
                Arguments.of(
                        400,
                        ScriptedDashboard.recorded("bad-memory"),
                        BadRequestException.class,
                        400,
                        "TypeError: entrypoint_memory must be an integer, got <class 'float'>"),
                Arguments.of(
                        400,
                        ScriptedDashboard.recorded("unknown-field"),
                        BadRequestException.class,
                        400,
                        "TypeError: JobSubmitRequest.__init__() got an unexpected keyword argument 'bogus'"),
                Arguments.of(
                        400,
                        "Can only stop submission type jobs",
                        BadRequestException.class,
                        400,
                        "Can only stop submission type jobs"),
                Arguments.of(
                        401,
                        "Unauthorized: Missing authentication token",
                        AuthenticationException.class,
                        401,
                        "Unauthorized: Missing authentication token"),
                Arguments.of(
                        403,
                        "Forbidden: Invalid authentication token",
                        AuthorizationException.class,
                        403,
                        "Forbidden: Invalid authentication token"),
                Arguments.of(404, "Job nope does not exist", NotFoundException.class, 404, "Job nope does not exist"),
                Arguments.of(404, "404: Not Found", NotFoundException.class, 404, "404: Not Found"),
                Arguments.of(
                        405,
                        "'POST' method not allowed for browser traffic.",
                        ClientException.class,
                        405,
                        "'POST' method not allowed for browser traffic."),
                Arguments.of(
                        413,
                        "Maximum request body size 104857600 exceeded.",
                        ClientException.class,
                        413,
                        "Maximum request body size 104857600 exceeded."),
                Arguments.of(
                        429,
                        TOO_MANY,
                        RateLimitException.class,
                        429,
                        "Max number of in-progress requests=100 reached. To set a higher limit, set environment"
                                + " variable: export RAY_STATE_SERVER_MAX_HTTP_REQUEST='xxx'. Max allowed = 1000"),
                Arguments.of(
                        501,
                        "Serve dependencies are not installed. Please run `pip install \"ray[serve]\"`.",
                        ServerException.class,
                        501,
                        "Serve dependencies are not installed. Please run `pip install \"ray[serve]\"`."),
                Arguments.of(
                        500,
                        BROKEN_REQUEST,
                        ServerException.class,
                        500,
                        "500 Internal Server Error Server got itself in trouble"),
                Arguments.of(
                        500,
                        "No available agent to submit job, please try again later.",
                        ServerException.class,
                        503,
                        "No available agent to submit job, please try again later."));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorIsOneLineAndWhatItMeans(
            int answered, String body, Class<? extends ClientException> kind, int status, String reason) {
        ClientException failure = failureOf(answered, body);

        assertThat(failure).isExactlyInstanceOf(kind);
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure)
                .hasMessage("GET " + server.url("/api/anything") + " answered " + answered + ": " + reason)
                .hasMessageNotContaining(TOKEN);
        assertThat(failure.toString()).doesNotContain(TOKEN);
        if (!body.equals(TOO_MANY)) {
            assertThat(failure.detail()).contains(body);
        }
    }

    @Test
    void whatWasRefusedWasNotDone() {
        assertThat(failureOf(500, ScriptedDashboard.recorded("duplicate-id")).mayHaveBeenExecuted())
                .isFalse();
        assertThat(failureOf(500, ScriptedDashboard.recorded("bad-label")).mayHaveBeenExecuted())
                .isFalse();
        assertThat(failureOf(501, "Serve dependencies are not installed.").mayHaveBeenExecuted())
                .isFalse();
        assertThat(failureOf(500, BROKEN_REQUEST).mayHaveBeenExecuted()).isTrue();
    }

    @Test
    void aTracebackInAnEnvelopeIsReadLikeAnyOther() {
        ClientException failure = failureOf(
                500,
                "{\"result\": false, \"msg\": \"Traceback (most recent call last):\\n  File \\\"x.py\\\""
                        + "\\nray.exceptions.RpcError: Deadline Exceeded\\n\", \"data\": {}}");

        assertThat(failure).hasMessageEndingWith(" answered 500: ray.exceptions.RpcError: Deadline Exceeded");
        assertThat(failure.detail()).isPresent();
    }

    @Test
    void aRateLimitSaysWhenItEnds() {
        server.enqueue(new MockResponse.Builder()
                .code(429)
                .setHeader("Retry-After", "7")
                .body(TOO_MANY)
                .build());

        RateLimitException failure = catchThrowableOfType(
                RateLimitException.class, () -> client.perform(Endpoint.get("api/anything", Object.class)));

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    }

    private ClientException failureOf(int answered, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(answered)
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .body(body)
                .build());
        return catchThrowableOfType(
                ClientException.class, () -> client.perform(Endpoint.get("api/anything", Object.class)));
    }
}
