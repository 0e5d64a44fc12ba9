package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.serve.ApplicationSource;
import io.synapse.sdk.serve.ApplicationStatus;
import io.synapse.sdk.serve.DeploymentConfig;
import io.synapse.sdk.serve.ProxyLocation;
import io.synapse.sdk.serve.Replica;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Serve on a real cluster. Each test begins and ends without it. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class ServeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ServeApplicationConfig HELLO =
            ServeApplicationConfig.of("hello", "serve_apps:hello").routePrefix("/hello");
    private static final ServeApplicationConfig BYE = ServeApplicationConfig.of("bye", "serve_apps:echo")
            .routePrefix("/bye")
            .args(Map.of("word", "bye"));

    private final RayClient client;
    private int port;

    ServeIT(RayClient client) {
        this.client = client;
    }

    @BeforeEach
    void chooseAPort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    @AfterEach
    void end() {
        client.deleteAllServeApplications();
        assertThat(client.getServeStatus().running()).isFalse();
    }

    @Test
    void applicationsComeChangeAndGo() throws Exception {
        assertThat(client.deployServeApplications(configOf(HELLO, BYE)).added()).containsExactly("bye", "hello");
        client.waitForServeApplication("bye", PATIENCE);
        ServeApplication hello =
                client.async().waitForServeApplication("hello", PATIENCE).join();
        assertThat(hello.status()).isEqualTo(ApplicationStatus.RUNNING);
        assertThat(said("/hello")).isEqualTo("hello");
        assertThat(said("/bye")).isEqualTo("bye");
        assertThat(client.previewServeDeployment(configOf(BYE, HELLO)).unchanged())
                .containsExactly("bye", "hello");

        ServeConfig changed = ServeConfig.from(client.getServeStatus())
                .application(HELLO.deployment(DeploymentConfig.of("Echo").userConfig(Map.of("word", "good day"))));
        assertThat(client.deployServeApplications(changed))
                .isEqualTo(new ServeChanges(Set.of(), Set.of("hello"), Set.of("bye"), Set.of(), Set.of()));
        client.waitForServeApplication("hello", PATIENCE);
        await().atMost(PATIENCE).until(() -> said("/hello").equals("good day"));
        assertThat(replicas("hello")).isEqualTo(ids(hello));

        client.deleteServeApplication("bye");
        await().atMost(PATIENCE).until(() -> client.listServeApplications().size() == 1);
        assertThatThrownBy(() -> client.deleteServeApplication("bye"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageEndingWith("there are: hello");
        client.waitForServeApplication("hello", PATIENCE);
        assertThat(replicas("hello")).isEqualTo(ids(hello));
        assertThat(said("/hello")).isEqualTo("good day");

        client.deleteServeApplication("hello");
        await().atMost(PATIENCE).until(() -> client.listServeApplications().isEmpty());
        assertThat(client.getServeStatus().running()).isTrue();
        assertThat(client.getServeStatus().proxies()).hasSize(1);
    }

    @Test
    void nothingVanishesUnsaid() {
        client.deployServeApplications(configOf(HELLO, BYE).targetCapacity(100));
        client.waitForServeApplication("hello", PATIENCE);
        client.waitForServeApplication("bye", PATIENCE);
        List<String> before = replicas("hello");

        assertThatThrownBy(() -> client.deployServeApplications(configOf(BYE)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(": hello;");
        assertThat(replicas("hello")).isEqualTo(before);

        client.deleteServeApplication("bye");

        ServeStatus after = client.getServeStatus();
        assertThat(after.targetCapacity()).isEqualTo(100);
        assertThat(after.proxyLocation()).isEqualTo(ProxyLocation.HEAD_ONLY);
        assertThat(after.httpOptions()).containsEntry("port", port).containsEntry("host", "127.0.0.1");
        assertThat(client.deployServeApplications(ServeConfig.of().replaceAll()).removed())
                .containsExactly("hello");
    }

    @Test
    void whatIsDeployedFromPythonIsLeftAloneUntilAllIsDeleted() {
        client.deployServeApplications(configOf(HELLO));
        client.waitForServeApplication("hello", PATIENCE);
        String job = client.submitJob(JobSubmission.of("python -c \"import serve_apps; from ray import serve;"
                + " serve.run(serve_apps.Echo.bind('python'), name='python', route_prefix='/python')\""));
        assertThat(client.waitForJob(job, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
        ServeApplication python = client.getServeApplication("python");
        assertThat(python.source()).isEqualTo(ApplicationSource.IMPERATIVE);

        assertThatThrownBy(() -> client.deleteServeApplication("python"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("was deployed from Python");
        ServeChanges changes = client.deployServeApplications(configOf(BYE).replaceAll());
        assertThat(changes.removed()).containsExactly("hello");
        assertThat(changes.untouched()).containsExactly("python");
        client.waitForServeApplication("bye", PATIENCE);
        assertThat(replicas("python")).isEqualTo(ids(python));

        client.deleteAllServeApplications();
        assertThat(client.listServeApplications()).isEmpty();
    }

    @Test
    void whatCannotBeDeployedSaysWhy() {
        client.deployServeApplications(configOf(
                HELLO,
                ServeApplicationConfig.of("missing", "no_such_module:app").routePrefix("/missing"),
                ServeApplicationConfig.of("broken", "serve_apps:broken").routePrefix("/broken")));

        assertThatThrownBy(() -> client.waitForServeApplication("missing", PATIENCE))
                .isInstanceOf(ConflictException.class)
                .hasMessageEndingWith("DEPLOY_FAILED: ModuleNotFoundError: No module named 'no_such_module'");
        assertThatThrownBy(() -> client.waitForServeApplication("broken", PATIENCE))
                .isInstanceOf(ConflictException.class)
                .hasMessageEndingWith(": ValueError: no weights at 'here'");
        assertThat(client.waitForServeApplication("hello", PATIENCE).status()).isEqualTo(ApplicationStatus.RUNNING);
        assertThatThrownBy(() -> client.waitForServeApplication("none", PATIENCE))
                .isInstanceOf(NotFoundException.class);
    }

    private ServeConfig configOf(ServeApplicationConfig... applications) {
        return ServeConfig.of(applications).http("127.0.0.1", port).proxyLocation(ProxyLocation.HEAD_ONLY);
    }

    private String said(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HTTP.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString())
                .body();
    }

    private List<String> replicas(String application) {
        return ids(client.getServeApplication(application));
    }

    private static List<String> ids(ServeApplication application) {
        return application.deployments().values().stream()
                .flatMap(deployment -> deployment.replicas().stream())
                .map(Replica::replicaId)
                .toList();
    }
}
