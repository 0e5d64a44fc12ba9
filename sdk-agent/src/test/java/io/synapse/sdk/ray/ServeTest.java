package io.synapse.sdk.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.serve.ApplicationSource;
import io.synapse.sdk.serve.ApplicationStatus;
import io.synapse.sdk.serve.DeploymentConfig;
import io.synapse.sdk.serve.DeploymentStatus;
import io.synapse.sdk.serve.ProxyLocation;
import io.synapse.sdk.serve.ProxyStatus;
import io.synapse.sdk.serve.Replica;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of a real dashboard's answers about Serve, and what is sent to it. */
class ServeTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOT_RUNNING =
            "{\"deploy_mode\": \"MULTI_APP\", \"controller_info\": {}, \"proxies\": {},"
                    + " \"applications\": {}, \"target_capacity\": null}";
    private static final ServeApplicationConfig A = ServeApplicationConfig.of("a", "echo_app:app")
            .routePrefix("/a")
            .deployment(DeploymentConfig.of("Echo").userConfig(Map.of("word", "A")));

    private final MockWebServer server = new MockWebServer();
    private RayClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = RayClient.builder()
                .baseUrl(server.url("/").toString())
                .retryPolicy(RetryPolicy.NEVER)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void allThatTheClusterTellsIsTyped() throws Exception {
        answer(recorded());

        ServeStatus status = client.getServeStatus();

        assertThat(requested()).isEqualTo("GET /api/serve/applications/");
        assertThat(status.running()).isTrue();
        assertThat(Objects.requireNonNull(status.controllerInfo()).actorName()).isEqualTo("SERVE_CONTROLLER_ACTOR");
        assertThat(status.proxyLocation()).isEqualTo(ProxyLocation.EVERY_NODE);
        assertThat(status.httpOptions()).containsEntry("port", 8000);
        assertThat(status.proxies().values())
                .singleElement()
                .satisfies(proxy -> assertThat(proxy.status()).isEqualTo(ProxyStatus.HEALTHY));
        assertThat(status.targetCapacity()).isNull();
        assertThat(status.additionalProperties()).containsKeys("target_groups", "controller_health_metrics");
        ServeApplication a = Objects.requireNonNull(status.applications().get("a"));
        assertThat(a.status()).isEqualTo(ApplicationStatus.RUNNING);
        assertThat(a.source()).isEqualTo(ApplicationSource.DECLARATIVE);
        assertThat(a.lastDeployedTimeS()).isBetween(Instant.parse("2026-01-01T00:00:00Z"), Instant.MAX);
        assertThat(a.deployedAppConfig()).isEqualTo(A.properties());
        assertThat(a.deployments().get("Echo")).satisfies(echo -> {
            assertThat(echo.status()).isEqualTo(DeploymentStatus.HEALTHY);
            assertThat(echo.requiredResources()).containsEntry("CPU", 0.1);
            assertThat(echo.deploymentConfig()).containsEntry("max_ongoing_requests", 5);
            assertThat(echo.replicas()).singleElement().satisfies(ServeTest::isComplete);
        });
        assertThat(status.applications().get("imp")).satisfies(imp -> {
            assertThat(imp.source()).isEqualTo(ApplicationSource.IMPERATIVE);
            assertThat(imp.deployedAppConfig()).isEmpty();
        });
    }

    private static void isComplete(Replica replica) {
        assertThat(replica).hasNoNullFieldsOrProperties();
        assertThat(replica.startTimeS()).isAfter(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(replica.actorName()).startsWith("SERVE_REPLICA::a#Echo#");
    }

    @Test
    void whereServeDoesNotRunThereIsNothing() {
        answer(NOT_RUNNING);
        answer(NOT_RUNNING);

        assertThat(client.getServeStatus().running()).isFalse();
        assertThat(client.listServeApplications()).isEmpty();
    }

    @Test
    void anApplicationIsOneOfTheCollection() {
        answer(recorded());
        answer(recorded());
        answer(recorded());

        assertThat(client.listServeApplications())
                .extracting(ServeApplication::name)
                .containsExactly("imp", "a", "b", "broken", "bad");
        assertThat(client.getServeApplication("b").routePrefix()).isEqualTo("/b");
        assertThatThrownBy(() -> client.getServeApplication("c"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no Serve application c; there are: a, b, bad, broken, imp");
    }

    @Test
    void aPreviewSaysWhatWouldChangeAndSendsNothingElse() throws Exception {
        answer(recorded());

        ServeChanges changes = client.previewServeDeployment(ServeConfig.of(
                A,
                ServeApplicationConfig.of("b", "echo_app:build")
                        .routePrefix("/b")
                        .args(Map.of("word", "C")),
                ServeApplicationConfig.of("imp", "echo_app:app").routePrefix("/imp"),
                ServeApplicationConfig.of("new", "echo_app:app").routePrefix("/new")));

        assertThat(changes)
                .isEqualTo(new ServeChanges(
                        Set.of("new"), Set.of("b", "imp"), Set.of("a"), Set.of("bad", "broken"), Set.of()));
        assertThat(requested()).startsWith("GET");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void numbersAreComparedAsNumbersAndWhatIsBeingDeletedIsNotThere() throws Exception {
        ObjectNode now = (ObjectNode) JSON.readTree(recorded());
        ((ObjectNode) now.at("/applications/a/deployed_app_config"))
                .putObject("args")
                .put("shards", 2);
        ((ObjectNode) now.at("/applications/b/deployed_app_config/args")).put("word", 1);
        for (String going : Set.of("broken", "bad", "imp")) {
            ((ObjectNode) now.at("/applications/" + going)).put("status", "DELETING");
        }
        answer(now.toString());

        ServeChanges changes = client.previewServeDeployment(ServeConfig.of(
                A.args(Map.of("shards", 2.0)),
                ServeApplicationConfig.of("b", "echo_app:build")
                        .routePrefix("/b")
                        .args(Map.of("word", 3)),
                ServeApplicationConfig.of("bad", "no_such_module:app").routePrefix("/bad")));

        assertThat(changes).isEqualTo(new ServeChanges(Set.of("bad"), Set.of("b"), Set.of("a"), Set.of(), Set.of()));
    }

    @Test
    void whatWouldVanishIsNamedAndNothingIsSent() {
        answer(recorded());
        answer(recorded());

        assertThatThrownBy(() -> client.deployServeApplications(ServeConfig.of(A)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("b, bad, broken;");
        assertThatThrownBy(
                        () -> client.deployServeApplications(ServeConfig.of(A).allowRemoval("bad", "b")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(": broken;");
        assertThat(server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void whatIsAllowedToVanishMay() throws Exception {
        answer(recorded());
        answer("");
        answer(recorded());
        answer("");

        ServeChanges changes = client.deployServeApplications(ServeConfig.of(A)
                .allowRemoval("b", "bad", "broken")
                .http("127.0.0.1", 8123)
                .proxyLocation(ProxyLocation.HEAD_ONLY)
                .targetCapacity(50));

        assertThat(changes.removed()).containsExactly("b", "bad", "broken");
        assertThat(changes.untouched()).containsExactly("imp");
        assertThat(requested()).startsWith("GET");
        RecordedRequest put = server.takeRequest();
        assertThat(put.getMethod() + " " + put.getTarget()).isEqualTo("PUT /api/serve/applications/");
        assertThat(body(put)).isEqualTo(JSON.readTree("""
                        {"http_options": {"host": "127.0.0.1", "port": 8123}, "proxy_location": "HeadOnly",
                         "target_capacity": 50.0, "applications": [
                          {"name": "a", "import_path": "echo_app:app", "route_prefix": "/a",
                           "deployments": [{"name": "Echo", "user_config": {"word": "A"}}]}]}"""));

        assertThat(client.async()
                        .deployServeApplications(ServeConfig.of().replaceAll())
                        .join()
                        .removed())
                .hasSize(4);
    }

    @Test
    void nothingSaidAndNullAreTwoThings() throws Exception {
        answer(NOT_RUNNING);
        answer("");

        client.deployServeApplications(ServeConfig.of(
                ServeApplicationConfig.of("quiet", "echo_app.app").routePrefix(null)));

        server.takeRequest();
        assertThat(body(server.takeRequest())).isEqualTo(JSON.readTree("""
                        {"applications": [{"name": "quiet", "import_path": "echo_app.app", "route_prefix": null}]}"""));
    }

    @Test
    void deletingOneSendsTheOthersAsTheyWere() throws Exception {
        ObjectNode before = (ObjectNode) JSON.readTree(recorded());
        before.put("target_capacity", 75.0);
        ObjectNode after = before.deepCopy();
        ((ObjectNode) after.at("/applications/b")).put("status", "DELETING").putNull("deployed_app_config");
        answer(before.toString());
        answer("");
        answer(after.toString());

        client.deleteServeApplication("b");

        server.takeRequest();
        JsonNode sent = body(server.takeRequest());
        assertThat(sent.at("/applications"))
                .containsExactly(
                        before.at("/applications/a/deployed_app_config"),
                        before.at("/applications/broken/deployed_app_config"),
                        before.at("/applications/bad/deployed_app_config"));
        for (String option : Set.of("proxy_location", "http_options", "grpc_options", "target_capacity")) {
            assertThat(sent.get(option)).as(option).isEqualTo(before.get(option));
        }
        assertThat(server.getRequestCount()).isEqualTo(3);
    }

    @Test
    void whatWasDeployedFromPythonIsNotDeleted() {
        answer(recorded());

        assertThatThrownBy(() -> client.deleteServeApplication("imp"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("deployed from Python");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void nothingIsDeletedWhenAnotherWouldBeLost() throws Exception {
        ObjectNode before = (ObjectNode) JSON.readTree(recorded());
        ((ObjectNode) before.at("/applications/a")).putNull("deployed_app_config");
        answer(before.toString());

        assertThatThrownBy(() -> client.deleteServeApplication("b"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the server does not report what the Serve application a was deployed with");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void anApplicationThatIsBeingDeletedIsLeftToIt() throws Exception {
        ObjectNode before = (ObjectNode) JSON.readTree(recorded());
        ((ObjectNode) before.at("/applications/b")).put("status", "DELETING");
        answer(before.toString());

        client.deleteServeApplication("b");

        assertThat(server.getRequestCount()).isEqualTo(1);
        assertThatThrownBy(() -> {
                    answer(before.toString());
                    client.waitForServeApplication("b", Duration.ofSeconds(10));
                })
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("b will not run, it is DELETING");
    }

    @Test
    void whatSomebodyElseLosesByADeletionIsTold() throws Exception {
        ObjectNode after = (ObjectNode) JSON.readTree(recorded());
        ObjectNode applications = (ObjectNode) after.get("applications");
        applications.remove("b");
        applications.remove("bad");
        ObjectNode late = applications.get("a").deepCopy();
        applications.set("late", late.put("name", "late").put("status", "DELETING"));
        answer(recorded());
        answer("");
        answer(after.toString());

        ConflictException failure =
                catchThrowableOfType(ConflictException.class, () -> client.deleteServeApplication("b"));

        assertThat(failure).hasMessageEndingWith("no longer exist: bad, late");
        assertThat(failure.mayHaveBeenExecuted()).isTrue();
    }

    @Test
    void anApplicationThatIsThereAgainIsTold() {
        answer(recorded());
        answer("");
        answer(recorded());

        assertThatThrownBy(() -> client.deleteServeApplication("b"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("the Serve application b was deleted, and deployed again by another client");
    }

    @Test
    void deletingAllIsOneRequest() throws Exception {
        answer("");

        client.deleteAllServeApplications();

        assertThat(requested()).isEqualTo("DELETE /api/serve/applications/");
    }

    @Test
    void waitingEndsWhenItRuns() throws Exception {
        ObjectNode deploying = (ObjectNode) JSON.readTree(recorded());
        ((ObjectNode) deploying.at("/applications/b")).put("status", "DEPLOYING");
        answer(deploying.toString());
        answer(recorded());

        assertThat(client.waitForServeApplication("b", Duration.ofSeconds(10)).status())
                .isEqualTo(ApplicationStatus.RUNNING);

        answer(deploying.toString());
        assertThatThrownBy(() -> client.waitForServeApplication("b", Duration.ZERO))
                .isInstanceOf(RequestTimeoutException.class)
                .hasMessageContaining("the Serve application b to run");
    }

    @Test
    void waitingEndsWithTheServersReason() {
        answer(recorded());
        answer(recorded());

        ConflictException bad = catchThrowableOfType(
                ConflictException.class, () -> client.waitForServeApplication("bad", Duration.ofSeconds(10)));
        ConflictException broken = catchThrowableOfType(
                ConflictException.class, () -> client.waitForServeApplication("broken", Duration.ofSeconds(10)));

        assertThat(bad)
                .hasMessage(
                        "the Serve application bad will not run, it is DEPLOY_FAILED: ModuleNotFoundError: No module"
                                + " named 'no_such_module'");
        assertThat(bad.detail().orElseThrow().toString()).contains("Traceback (most recent call last):");
        assertThat(broken)
                .hasMessageContaining("Failed to update the deployments ['Broken'].")
                .hasMessageEndingWith(": ValueError: no weights at 'here'");
    }

    @Test
    void aClusterWithoutServeSaysSoAndIsNotRetried() {
        server.enqueue(new MockResponse.Builder()
                .code(501)
                .body("Serve dependencies are not installed. Please run `pip install \"ray[serve]\"`.")
                .build());
        server.enqueue(new MockResponse.Builder().code(500).body("""
                        Traceback (most recent call last):
                          File "ray/dashboard/optional_utils.py", line 241, in decorator
                            return await f(self, *args, **kwargs)
                          File "ray/serve/_private/haproxy.py", line 19, in <module>
                            from jinja2 import Environment
                        ModuleNotFoundError: No module named 'jinja2'. You can run `pip install "ray[serve]"` to install \
                        all Ray Serve dependencies.
                        """).build());

        for (ServerException failure : Set.of(
                catchThrowableOfType(ServerException.class, client::listServeApplications),
                catchThrowableOfType(ServerException.class, client::deleteAllServeApplications))) {
            assertThat(failure).hasMessageContaining("its head lacks ray[serve]");
            assertThat(failure.statusCode()).isEqualTo(501);
            assertThat(failure.detail().orElseThrow().toString()).contains("pip install");
        }
    }

    @Test
    void aTroubledClusterIsNotOneWithoutServe() {
        server.enqueue(new MockResponse.Builder()
                .code(503)
                .body("Failed to get a response from the controller. The GCS may be down, please retry later: x")
                .build());

        assertThatThrownBy(client::listServeApplications)
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("The GCS may be down");
    }

    private void answer(String body) {
        server.enqueue(new MockResponse.Builder().body(body).build());
    }

    private String requested() throws InterruptedException {
        RecordedRequest request = Objects.requireNonNull(server.takeRequest(10, TimeUnit.SECONDS));
        return request.getMethod() + " " + request.getTarget();
    }

    private static JsonNode body(RecordedRequest request) throws IOException {
        return JSON.readTree(Objects.requireNonNull(request.getBody()).utf8());
    }

    /** Two applications that run, one from Python, one that cannot start and one that cannot be imported. */
    private static String recorded() {
        try (InputStream answer = ServeTest.class.getResourceAsStream("/ray/serve-applications.json")) {
            return new String(Objects.requireNonNull(answer).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
