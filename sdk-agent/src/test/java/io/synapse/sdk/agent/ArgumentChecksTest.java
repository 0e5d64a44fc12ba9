package io.synapse.sdk.agent;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.plugin.PluginRunRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Ids and names that go into paths: what cannot be one is refused before anything is sent. */
class ArgumentChecksTest {
    private static final List<String> BAD_IDS =
            List.of("", " ", "a b", "a/b", "..", "../etc", "%2e%2e", "a?b", "a\n", "ü", "x".repeat(101));
    private static final List<String> BAD_NAMES = List.of(
            "",
            " ",
            ".",
            "..",
            "a/b",
            "../x",
            "a\\b",
            "a?b",
            "a#b",
            "50%",
            "%2e%2e",
            "{a",
            "a}",
            "a\nb",
            "\u0000",
            "\u0085",
            "a\u2028",
            "a\u2029",
            "a\ud83d",
            "\ude80a",
            "x".repeat(241),
            "ü".repeat(121));

    /** Every operation that is about something with an id, and what that is. */
    private static final Map<String, String> BY_ID = Map.ofEntries(
            entry("getJob", "job"),
            entry("getJobLogs", "job"),
            entry("tailJobLogs", "job"),
            entry("stopJob", "job"),
            entry("deleteJob", "job"),
            entry("waitForJob", "job"),
            entry("getNode", "node"),
            entry("getTask", "task"),
            entry("getBuildStatus", "build"),
            entry("waitForBuild", "build"),
            entry("getBuildLogs", "build"),
            entry("tailBuildLogs", "build"),
            entry("cancelBuild", "build"),
            entry("getContainer", "container"),
            entry("updateContainer", "container"),
            entry("deleteContainer", "container"),
            entry("getDockerContainer", "container"),
            entry("stopDockerContainer", "container"),
            entry("startDockerContainer", "container"),
            entry("deleteDockerContainer", "container"),
            entry("getWorkspace", "workspace"),
            entry("deleteWorkspace", "workspace"));

    /** Every operation that is about something with a name, which is free text. */
    private static final Map<String, String> BY_NAME = Map.of(
            "getServeApplication", "Serve application name",
            "deleteServeApplication", "Serve application name",
            "getPluginRelease", "plugin release",
            "deletePluginRelease", "plugin release",
            "runPluginRelease", "plugin release");

    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    static Stream<SampleCall> callsAboutSomething() {
        return SampleCall.of(AgentClient.class)
                .filter(call -> call.arguments().length > 0 && call.arguments()[0] instanceof String)
                .filter(call -> !call.name().equals("createPluginRelease")); // sent as JSON, in no path
    }

    /** All but a followed log, which is a publisher. */
    static Stream<SampleCall> callsWithAFuture() {
        return callsAboutSomething().filter(call -> !call.name().startsWith("tail"));
    }

    static Stream<Arguments> callsOfBothClients() {
        return callsAboutSomething()
                .flatMap(call -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, call)));
    }

    @Test
    void everyOperationAboutSomethingIsCheckedHere() {
        assertThat(callsAboutSomething().map(SampleCall::name).distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(BY_ID.keySet().stream(), BY_NAME.keySet().stream())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("callsOfBothClients")
    void whatCannotBeOneIsRefusedBeforeAnythingIsSent(Operations kind, SampleCall call) {
        boolean byId = BY_ID.containsKey(call.name());
        String resource = byId ? BY_ID.get(call.name()) + " ID" : BY_NAME.get(call.name());
        for (String bad : byId ? BAD_IDS : BAD_NAMES) {
            SampleCall refused = call.about(bad);

            assertThatThrownBy(() -> kind.call(client, refused.name(), refused.arguments()))
                    .isInstanceOfSatisfying(BadRequestException.class, failure -> {
                        assertThat(failure.statusCode()).isEqualTo(400);
                        assertThat(failure.attempts()).isZero();
                        assertThat(failure.mayHaveBeenExecuted()).isFalse();
                    })
                    .hasMessageStartingWith(resource + " ");
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("callsWithAFuture")
    void aRefusalFailsTheFutureAndIsNotThrown(SampleCall call) throws NoSuchMethodException {
        SampleCall refused = call.about("");

        Object future = Operations.invoke(
                client.async(),
                AsyncAgentClient.class.getMethod(
                        refused.name(), refused.operation().getParameterTypes()),
                refused.arguments());

        assertThat((CompletableFuture<?>) future)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(BadRequestException.class);
    }

    @Test
    void anEmptyIdIsSaidToBeEmpty() {
        assertThatThrownBy(() -> client.getJob("")).hasMessage("job ID cannot be empty");
    }

    @ParameterizedTest
    @CsvSource({
        "my app, my%20app",
        "a+b;c=d&e, a+b;c=d&e",
        "größe, gr%C3%B6%C3%9Fe",
        "demo@1.0.0, demo@1.0.0",
        "..., ..."
    })
    void aNameIsOneSegmentOfAPathWhateverItHolds(String name, String segment) throws Exception {
        for (int i = 0; i < 3; i++) {
            server.enqueue(new MockResponse.Builder().body("{}").build());
        }

        client.getServeApplication(name);
        client.getPluginRelease(name);
        client.runPluginRelease(name, PluginRunRequest.of("train"));

        assertThat(server.takeRequest().getTarget()).isEqualTo("/serve_applications/" + segment + "/");
        assertThat(server.takeRequest().getTarget()).isEqualTo("/plugin_releases/" + segment);
        assertThat(server.takeRequest().getTarget()).isEqualTo("/plugin_releases/" + segment + "/run/");
    }
}
