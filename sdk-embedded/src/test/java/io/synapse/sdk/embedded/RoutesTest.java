package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.Caller.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every endpoint of the protocol answers, with and without the final slash, and none without the token. */
class RoutesTest {
    private static EmbeddedAgent agent;
    private static Caller caller;

    /** One endpoint, and what this agent must answer to an authorised request without a body. */
    private record Route(String method, String path, int status) {
        @Override
        public String toString() {
            return method + " " + path + " " + status;
        }
    }

    private static List<Route> routes() {
        return List.of(
                new Route("GET", "health", 200),
                new Route("GET", "jobs", 200),
                new Route("POST", "jobs", 400),
                new Route("GET", "jobs/finished", 200),
                new Route("DELETE", "jobs/none", 404),
                new Route("POST", "jobs/finished/stop", 400),
                new Route("GET", "jobs/finished/logs", 200),
                new Route("GET", "jobs/finished/logs/stream", 200),
                new Route("GET", "jobs/none", 404),
                new Route("POST", "jobs/none/stop", 404),
                new Route("GET", "jobs/none/logs", 404),
                new Route("GET", "jobs/none/logs/stream", 404),
                new Route("GET", "jobs/bad.id", 400),
                new Route("GET", "nodes", 200),
                new Route("GET", "nodes/none", 404),
                new Route("GET", "gpu_status", 200),
                new Route("GET", "tasks", 200),
                new Route("GET", "tasks/finished", 200),
                new Route("GET", "tasks/none", 404),
                new Route("GET", "serve_applications", 200),
                new Route("GET", "serve_applications/none", 404),
                new Route("DELETE", "serve_applications/none", 404),
                new Route("GET", "resources/cluster", 200),
                new Route("POST", "resources/feasibility", 400),
                new Route("GET", "resources/policy", 200),
                new Route("PATCH", "resources/policy", 400),
                new Route("GET", "containers", 503),
                new Route("POST", "containers", 400),
                new Route("GET", "containers/1", 503),
                new Route("PATCH", "containers/1", 400),
                new Route("DELETE", "containers/1", 503),
                new Route("GET", "builds/1", 404),
                new Route("POST", "builds/1/cancel", 404),
                new Route("GET", "builds/1/logs", 404),
                new Route("GET", "builds/1/logs/stream", 404),
                new Route("GET", "containers/docker", 503),
                new Route("POST", "containers/docker", 400),
                new Route("GET", "containers/docker/1", 503),
                new Route("DELETE", "containers/docker/1", 503),
                new Route("POST", "containers/docker/1/stop", 503),
                new Route("POST", "containers/docker/1/start", 503),
                new Route("GET", "plugin_releases", 200),
                new Route("POST", "plugin_releases", 400),
                new Route("GET", "plugin_releases/code@1.0", 404),
                new Route("DELETE", "plugin_releases/code@1.0", 404),
                new Route("POST", "plugin_releases/code@1.0/run", 400),
                new Route("POST", "plugin_releases/run_debug", 400),
                new Route("GET", "system/status", 200),
                new Route("GET", "system/compose-config", 501),
                new Route("POST", "system/update", 501),
                new Route("POST", "system/restart", 501),
                new Route("GET", "no/such/path", 404),
                new Route("PUT", "jobs", 405),
                new Route("POST", "health", 405),
                new Route("DELETE", "resources/policy", 405));
    }

    @BeforeAll
    static void start() {
        agent = EmbeddedAgent.start();
        caller = Caller.of(agent);
        caller.post("jobs/", "{\"entrypoint\":\"echo done\",\"submission_id\":\"finished\"}");
        caller.awaitEnd("finished");
    }

    @AfterAll
    static void stop() {
        agent.close();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anEndpointAnswersWithAndWithoutTheFinalSlash(Route route) {
        Answer without = caller.send(route.method(), route.path(), "");
        Answer with = caller.send(route.method(), route.path() + "/", "");

        assertThat(List.of(without.status(), with.status())).containsOnly(route.status());
        if (route.status() >= 400) {
            assertThat(without.detail()).isNotBlank();
            assertThat(with.json()).isEqualTo(without.json());
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void aStrangerLearnsNothingNotEvenWhichPathsExist(Route route) {
        Answer none = unauthorised(route, null);
        Answer wrong = unauthorised(route, "wrong");

        assertThat(List.of(none.status(), wrong.status())).containsOnly(401);
        assertThat(none.json())
                .isEqualTo(unauthorised(new Route("GET", "no/such", 0), null).json());
        assertThat(wrong.json())
                .isEqualTo(unauthorised(new Route("GET", "no/such", 0), "wrong").json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs/finished/logs/", "jobs/finished/logs", "jobs/none/logs/", "no/such/socket"})
    void aStrangersHandshakeIsRefusedBeforeItIsAccepted(String path) {
        Answer none = Handshake.refused(caller.uri(path), null);
        Answer wrong = Handshake.refused(caller.uri(path), "wrong");

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.detail()).contains("missing");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.detail()).contains("not the agent's");
    }

    @Test
    void aHandshakeWhereThereIsNoSocketIsNotFound() {
        Answer answer = Handshake.refused(caller.uri("jobs/"), caller.token());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Token ", "Bearer "})
    void theTokenStandsBare(String scheme) {
        assertThat(unauthorised(new Route("GET", "jobs", 0), scheme + caller.token())
                        .status())
                .isEqualTo(401);
    }

    @Test
    void evenAMalformedRequestIsAnsweredInJson() {
        Answer answer = Handshake.raw(caller.uri("jobs/"), "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isNotBlank();
    }

    @Test
    void healthSaysWhetherDockerCanBeReached() {
        JsonNode health = caller.get("health/").json();

        assertThat(health.path("status").asText()).isEqualTo("ok");
        assertThat(health.path("version").asText()).isNotBlank();
        assertThat(health.path("docker").path("available").isBoolean()).isTrue();
    }

    @Test
    void noComposeOperationIsEverUnderWay() {
        JsonNode status = caller.get("system/status/").json();

        assertThat(status.path("in_progress").isBoolean()).isTrue();
        assertThat(status.path("in_progress").asBoolean()).isFalse();
        assertThat(status.path("operation").isNull()).isTrue();
    }

    /** Answered before its body came, which then ends the connection: a next request on it would be lost. */
    @Test
    void aStrangerIsToldThatHisConnectionEnds() throws IOException {
        try (Socket socket = new Socket(caller.uri("").getHost(), caller.uri("").getPort())) {
            socket.getOutputStream()
                    .write("DELETE /jobs/x HTTP/1.1\r\nHost: agent\r\nContent-Length: 2\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\r\nConnection: close\r\n");
        }
    }

    private static Answer unauthorised(Route route, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(caller.uri(route.path())).method(route.method(), BodyPublishers.ofString("{}"));
        return Caller.send(token == null ? request : request.header("Authorization", token));
    }
}
