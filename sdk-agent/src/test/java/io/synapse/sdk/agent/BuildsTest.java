package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.container.BuildFailedException;
import io.synapse.sdk.container.Container;
import io.synapse.sdk.container.ContainerRequest;
import io.synapse.sdk.container.ContainerStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating a container: waiting for its build, and what comes of builds that fail, and of replies that are lost. */
@Timeout(30)
class BuildsTest {
    private static final ContainerRequest DEMO = ContainerRequest.ofRelease("demo@1.0.0");
    private static final String STARTED = "{\"build_id\":\"b1\"}";
    private static final String GOES_ON = "{\"status\":\"building\"}";

    private final MockWebServer server = new MockWebServer();
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = AgentClient.builder()
                .baseUrl(server.url("/").toString())
                .agentToken("token")
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(4)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxRetryAfter(Duration.ZERO))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aFailedBuildSaysItsLastLineAndKeepsAllOfIt(Operations kind) {
        answer(STARTED);
        answer("{\"status\":\"failed\",\"error\":\"pip install failed\",\"created_at\":\"2026-11-21T06:00:00Z\","
                + "\"log_tail\":\"Collecting nosuch\\nERROR: No matching distribution found for nosuch\\n\\n\"}");

        assertThatThrownBy(() -> kind.call(client, "createContainer", DEMO))
                .isInstanceOfSatisfying(BuildFailedException.class, failure -> {
                    assertThat(failure.statusCode()).isEqualTo(500);
                    assertThat(failure.detail()).contains("pip install failed");
                    assertThat(failure.build().id()).isEqualTo("b1");
                    assertThat(failure.build().createdAt()).isEqualTo("2026-11-21T06:00:00Z");
                    assertThat(failure.build().logTail()).startsWith("Collecting");
                })
                .hasMessage("build b1 failed: ERROR: No matching distribution found for nosuch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"one\\ntwo\"",
                "[\"one\",\"two\"]",
                "{\"message\":\"one\\ntwo\",\"code\":1}",
                "{\"error\":{\"no\":\"text\"},\"detail\":\"one\\ntwo\"}"
            })
    void anErrorMayBeSaidInAnyWay(String error) {
        answer("{\"status\":\"failed\",\"error\":" + error + "}");

        assertThatThrownBy(() -> client.waitForBuild("b1", Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        BuildFailedException.class,
                        failure -> assertThat(failure.detail()).contains("one\ntwo"))
                .hasMessage("build b1 failed: two");
    }

    @Test
    void aCancelledBuildSaysSo() {
        answer("{\"status\":\"cancelled\",\"error\":null}");
        answer("{\"status\":\"failed\"}");

        assertThatThrownBy(() -> client.waitForBuild("b1", Duration.ofSeconds(1)))
                .isInstanceOf(BuildFailedException.class)
                .hasMessage("build b1 was cancelled");
        assertThatThrownBy(() -> client.waitForBuild("b1", Duration.ofSeconds(1)))
                .isInstanceOf(BuildFailedException.class)
                .hasMessage("build b1 failed: no reason given");
    }

    @Test
    void aCompletedBuildGivesItsContainer() {
        answer(STARTED);
        answer("{\"status\":\"completed\",\"result\":{\"id\":5,\"status\":\"running\",\"rebuilt\":true}}");
        answer("{\"status\":\"completed\"}");

        Container container = client.createContainer(DEMO);

        assertThat(container.id()).isEqualTo("5");
        assertThat(container.status()).isEqualTo(ContainerStatus.RUNNING);
        assertThat(container.rebuilt()).isTrue();
        assertThatThrownBy(() -> client.waitForBuild("b1", Duration.ofSeconds(1)))
                .isInstanceOf(UnexpectedResponseException.class)
                .hasMessageContaining("sent no container");
    }

    @Test
    void whoDoesNotWaitGetsTheBuildAndSaysSo() throws InterruptedException {
        answer(STARTED);

        Container building = client.createContainer(DEMO.withoutWaiting());

        assertThat(building.buildId()).isEqualTo("b1");
        assertThat(building.status()).isEqualTo(ContainerStatus.BUILDING);
        assertThat(building.id()).isNull();
        assertThat(server.takeRequest().getHeaders().get("Prefer")).isEqualTo("respond-async");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aBuildThatTakesTooLongIsNamed(Operations kind) {
        answer(STARTED);
        answer(GOES_ON);
        answer(GOES_ON);

        assertThatThrownBy(() -> kind.call(client, "createContainer", DEMO.buildTimeout(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        RequestTimeoutException.class,
                        failure -> assertThat(failure.mayHaveBeenExecuted()).isTrue())
                .hasMessageContaining("build b1");
    }

    @Test
    void cancellingTheFutureEndsTheWaitAndNotTheBuild() throws Exception {
        answer(STARTED);
        answer(GOES_ON);
        CompletableFuture<Container> waiting = client.async().createContainer(DEMO);
        await().until(() -> server.getRequestCount() == 2);

        waiting.cancel(true);

        answer(GOES_ON);
        client.getBuildStatus("b1");
        assertThat(targets()).containsExactly("POST /containers/", "GET /builds/b1/", "GET /builds/b1/");
    }

    @Test
    void interruptingTheThreadEndsTheWaitAndNotTheBuild() throws Exception {
        answer(STARTED);
        answer(GOES_ON);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                client.createContainer(DEMO);
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        waiting.start();
        await().until(() -> server.getRequestCount() == 2);

        waiting.interrupt();
        waiting.join();

        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        CallCancelledException.class,
                        given -> assertThat(given.mayHaveBeenExecuted()).isTrue());
        assertThat(targets()).containsExactly("POST /containers/", "GET /builds/b1/");
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void afterALostReplyNothingIsDoneTwice(Operations kind) {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());

        assertThatThrownBy(() -> kind.call(client, "createContainer", DEMO))
                .isInstanceOfSatisfying(ConnectionException.class, failure -> {
                    assertThat(failure.mayHaveBeenExecuted()).isTrue();
                    assertThat(failure.attempts()).isEqualTo(1);
                });
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void whatSurelyDidNotArriveIsTriedAgain(Operations kind) {
        server.close();

        assertThatThrownBy(() -> kind.call(client, "createContainer", DEMO))
                .isInstanceOfSatisfying(ConnectionException.class, failure -> {
                    assertThat(failure.mayHaveBeenExecuted()).isFalse();
                    assertThat(failure.attempts()).isEqualTo(4);
                });
    }

    @ParameterizedTest
    @EnumSource(Operations.class)
    void aBuildIsCancelled(Operations kind) throws Exception {
        server.enqueue(new MockResponse.Builder().code(204).build());

        kind.call(client, "cancelBuild", "b1");

        assertThat(targets()).containsExactly("POST /builds/b1/cancel/");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405})
    void anAgentThatCannotCancelBuildsIsNamedAsSuch(int status) {
        server.enqueue(new MockResponse.Builder().code(status).body("{}").build());

        assertThatThrownBy(() -> client.cancelBuild("b1"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageEndingWith("; or this agent cannot cancel builds");
    }

    @Test
    void otherRefusalsToCancelAreAsTheyWere() {
        server.enqueue(new MockResponse.Builder()
                .code(400)
                .body("{\"detail\":\"build b1 is over\"}")
                .build());

        assertThatThrownBy(() -> client.cancelBuild("b1"))
                .isInstanceOf(ClientException.class)
                .hasMessageEndingWith("build b1 is over");
    }

    @Test
    void theOutputOfABuildIsText() throws Exception {
        answer("Step 1/3 : FROM base\n");
        server.enqueue(new MockResponse.Builder().code(404).body("{}").build());

        assertThat(client.getBuildLogs("b1")).isEqualTo("Step 1/3 : FROM base\n");
        assertThatThrownBy(() -> client.getBuildLogs("b1"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageEndingWith("; or this agent does not give out the logs of builds");
        assertThat(targets()).containsExactly("GET /builds/b1/logs/", "GET /builds/b1/logs/");
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private List<String> targets() throws InterruptedException {
        List<String> targets = new ArrayList<>();
        for (int i = server.getRequestCount(); i > 0; i--) {
            RecordedRequest request = server.takeRequest(1, TimeUnit.SECONDS);
            targets.add(request.getMethod() + " " + request.getTarget());
        }
        return targets;
    }
}
