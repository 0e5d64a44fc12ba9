package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.Processes;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clusters that other tests stand on; the dashboard is asked without the SDK. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class RayClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TOKEN = "token-of-the-test";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RayCluster own;

    @BeforeAll
    static void start() throws IOException {
        own = RayCluster.startWithToken(TOKEN);
    }

    @AfterAll
    static void stop() throws IOException {
        own.close();
    }

    @Test
    void theSharedClusterRunsJobs(RayCluster cluster, RayClient client) throws Exception {
        assertThat(get(cluster, "/api/version").body()).contains("\"2.58.0\"");

        String id = client.submitJob(JobSubmission.of("echo hello from a job"));

        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(Files.readString(cluster.jobLog(id))).contains("hello from a job\n");
        assertThat(cluster.jobLog(id)).isEqualTo(cluster.head().jobLog(id));
    }

    @Test
    void aTokenIsAskedFor() throws Exception {
        assertThat(get(own, "/api/version", "").statusCode()).isEqualTo(401);
        assertThat(get(own, "/api/version", "Bearer guess").statusCode()).isEqualTo(403);
        assertThat(get(own, "/api/version").statusCode()).isEqualTo(200);
    }

    @Test
    void nodesJoin() throws Exception {
        RayNode second = own.startNode("second");
        RayNode mute = own.startNodeWithoutAgent("mute");
        assertThat(statesOfNodes())
                .isEqualTo(Map.of(own.head().id(), "ALIVE", second.id(), "ALIVE", mute.id(), "ALIVE"));

        try (RayClient client = own.client()) {
            String id = client.submitJob(submission("echo over there", second));
            String unread = client.submitJob(submission("echo unread", mute));

            assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(Files.readString(second.jobLog(id))).contains("over there\n");
            assertThat(get(own, "/api/jobs/" + id + "/logs").body()).contains("over there");
            assertThat(client.waitForJob(unread, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(Files.readString(mute.jobLog(unread))).contains("unread\n");
            assertThat(get(own, "/api/jobs/" + unread + "/logs").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void theDashboardCanBeKilledAndStartedAgain() throws Exception {
        own.kill9(own.dashboard());
        assertThatIOException().isThrownBy(() -> get(own, "/api/jobs/"));

        own.startDashboard();

        assertThat(get(own, "/api/jobs/").statusCode()).isEqualTo(200);
        long jobHead = own.jobHead();
        own.kill9(jobHead);
        await().atMost(PATIENCE).until(() -> get(own, "/api/jobs/").statusCode() == 200);
        assertThat(own.jobHead()).isNotEqualTo(jobHead);
    }

    @Test
    void nothingIsLeftOfAStoppedCluster() throws Exception {
        RayCluster cluster = RayCluster.start();
        List<Long> processes;
        try (cluster;
                RayClient client = cluster.client()) {
            String id = client.submitJob(JobSubmission.of("trap '' TERM; setsid sleep 1000 & echo up; sleep 1000"));
            await().atMost(PATIENCE).until(() -> client.getJobLogs(id).contains("\nup\n"));
            processes = cluster.processes();
            assertThat(processes).filteredOn(RayClusterIT::sleeps).hasSize(2);
            cluster.kill9(cluster.head().raylet());
        }

        assertThat(processes).noneMatch(Processes::isAlive);
        assertThat(cluster.head().session()).doesNotExist();
    }

    private static JobSubmission submission(String entrypoint, RayNode node) {
        return JobSubmission.of(entrypoint).entrypointResources(Map.of(node.name(), 1.0));
    }

    private static boolean sleeps(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().arguments())
                .filter(arguments -> List.of(arguments).equals(List.of("1000")))
                .isPresent();
    }

    private static Map<String, String> statesOfNodes() throws IOException, InterruptedException {
        JsonNode answer = new JsonMapper().readTree(get(own, "/api/v0/nodes").body());
        JsonNode nodes = answer.path("data").path("result").path("result");
        return StreamSupport.stream(nodes.spliterator(), false)
                .collect(Collectors.toMap(
                        node -> node.path("node_id").asText(),
                        node -> node.path("state").asText()));
    }

    private static HttpResponse<String> get(RayCluster cluster, String path) throws IOException, InterruptedException {
        return get(cluster, path, "Bearer " + TOKEN);
    }

    private static HttpResponse<String> get(RayCluster cluster, String path, String authorization)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cluster.address().resolve(path))
                .header("Authorization", authorization)
                .timeout(PATIENCE)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
