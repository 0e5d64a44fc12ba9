package io.synapse.sdk.embedded.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.synapse.sdk.JobStatus;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clusters that other tests stand on; the dashboard is asked without the SDK. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class RayClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void sharedClusterRunsJobs(RayCluster cluster, RayClient client) throws Exception {
        assertThat(get(cluster, "/api/version").body()).contains("\"2.58.0\"");

        String id = client.submitJob(JobSubmission.of("echo hello from a job"));

        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(Files.readString(cluster.jobLog(id))).contains("hello from a job\n");
        assertThat(cluster.jobLog(id)).isEqualTo(cluster.head().jobLog(id));
    }

    @Test
    void nodesJoinAndAreKilled() throws Exception {
        try (RayCluster cluster = RayCluster.start();
                RayClient client = cluster.client()) {
            RayNode second = cluster.startNode("second");
            RayNode mute = cluster.startNodeWithoutAgent("mute");
            assertThat(statesOfNodes(cluster))
                    .isEqualTo(Map.of(cluster.head().id(), "ALIVE", second.id(), "ALIVE", mute.id(), "ALIVE"));

            String id = client.submitJob(submission("echo over there", second));
            String unread = client.submitJob(submission("echo unread", mute));
            await().atMost(PATIENCE).until(() -> Files.exists(second.jobLog(id)) && Files.exists(mute.jobLog(unread)));
            assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(get(cluster, "/api/jobs/" + id + "/logs").statusCode()).isEqualTo(200);
            assertThat(get(cluster, "/api/jobs/" + unread + "/logs").statusCode())
                    .isEqualTo(500);

            cluster.kill9(second.raylet());

            await().atMost(PATIENCE)
                    .until(() -> statesOfNodes(cluster).get(second.id()).equals("DEAD"));
        }
    }

    @Test
    void theDashboardCanBeKilledAndStartedAgain() throws Exception {
        try (RayCluster cluster = RayCluster.start()) {
            cluster.kill9(cluster.dashboard());
            cluster.startDashboard();
            assertThat(get(cluster, "/api/jobs/").statusCode()).isEqualTo(200);

            long jobHead = cluster.jobHead();
            cluster.kill9(jobHead);
            await().atMost(PATIENCE).until(() -> get(cluster, "/api/jobs/").statusCode() == 200);
            assertThat(cluster.jobHead()).isNotEqualTo(jobHead);
        }
    }

    @Test
    void aTokenIsAskedFor() throws Exception {
        try (RayCluster cluster = RayCluster.startWithToken("token-of-the-test");
                RayClient client = cluster.client()) {
            assertThat(get(cluster, "/api/version").statusCode()).isEqualTo(401);
            assertThat(client.listJobs()).isEmpty();
        }
    }

    @Test
    void nothingIsLeftOfAStoppedCluster() throws Exception {
        RayCluster cluster = RayCluster.startWith(Map.of("RAY_JOB_STOP_WAIT_TIME_S", "60"));
        List<Long> processes;
        try (cluster;
                RayClient client = cluster.client()) {
            RayNode second = cluster.startNode("second");
            String id =
                    client.submitJob(submission("setsid sleep 1000 & trap '' TERM; echo up; wait; sleep 1000", second));
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(second.jobLog(id))
                            && Files.readString(second.jobLog(id)).contains("\nup\n"));
            processes = cluster.processes();
            assertThat(commands(processes)).filteredOn("sleep 1000"::equals).isNotEmpty();
            cluster.kill9(second.raylet());
        }

        assertThat(commands(processes)).isEmpty();
        assertThat(cluster.head().session()).doesNotExist();
    }

    private static JobSubmission submission(String entrypoint, RayNode node) {
        return JobSubmission.of(entrypoint).entrypointResources(Map.of(node.name(), 1.0));
    }

    /** What the living of these processes are, asked of ps. */
    private static List<String> commands(List<Long> pids) throws IOException {
        String list = pids.toString().replaceAll("[\\[\\] ]", "");
        Process ps = new ProcessBuilder("ps", "-o", "args=", "-p", list).start();
        return ps.inputReader().lines().toList();
    }

    private static Map<String, String> statesOfNodes(RayCluster cluster) throws IOException, InterruptedException {
        JsonNode answer =
                new JsonMapper().readTree(get(cluster, "/api/v0/nodes").body());
        JsonNode nodes = answer.path("data").path("result").path("result");
        return StreamSupport.stream(nodes.spliterator(), false)
                .collect(Collectors.toMap(
                        node -> node.path("node_id").asText(),
                        node -> node.path("state").asText()));
    }

    private static HttpResponse<String> get(RayCluster cluster, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(cluster.address().resolve(path))
                .timeout(PATIENCE)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
