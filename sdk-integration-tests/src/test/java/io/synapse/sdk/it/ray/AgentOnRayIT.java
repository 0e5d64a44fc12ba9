package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.Clients;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.resources.ClusterResources;
import io.synapse.sdk.resources.FeasibilityRequest;
import io.synapse.sdk.resources.WorkloadKind;
import io.synapse.sdk.serve.ProxyLocation;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeApplicationConfig;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.task.Task;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent whose jobs run on a real Ray cluster is an agent like any other to its clients. */
@WithRayCluster
@Timeout(120)
@Tag("one-jdk")
class AgentOnRayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private FaultProxy toRay;
    private EmbeddedAgent agent;
    private AgentClient client;

    @BeforeEach
    void start(RayCluster cluster) throws IOException {
        toRay = FaultProxy.inFrontOf(cluster.address());
        agent = EmbeddedAgent.builder()
                .rayAddress(toRay.uri().toString())
                .rayToken("token-of-ray")
                .start();
        client = Clients.of(agent);
    }

    @AfterEach
    void stop() {
        client.close();
        agent.close();
        toRay.close();
    }

    @Test
    void aJobIsTheClustersWithAllThatIsKnownOfIt(RayClient ray) {
        String id = client.submitJob(JobSubmission.of("echo $GREETING")
                .environmentVariable("GREETING", "hello from Ray")
                .metadata(Map.of("team", "vision"))
                .entrypointNumCpus(0.5));

        Job ended = client.waitForJob(id, PATIENCE);

        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended).isEqualTo(ray.getJob(id)).isIn(client.listJobs());
        assertThat(client.getJobLogs(id)).isEqualTo(ray.getJobLogs(id)).contains("hello from Ray\n");
        assertThat(client.listJobs()).hasSameSizeAs(ray.listJobs());
    }

    @Test
    void whatCannotBeDoneWithAJobIsRefusedAsEveryAgentRefusesIt() {
        String id = StartedJob.submit(client, JobSubmission.of("sleep 100"));
        assertThatThrownBy(
                        () -> client.submitJob(JobSubmission.of("echo another").submissionId(id)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> client.deleteJob(id)).isInstanceOf(ConflictException.class);

        client.stopJob(id);

        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.STOPPED);
        assertThatThrownBy(() -> client.stopJob(id)).isInstanceOf(BadRequestException.class);
        client.deleteJob(id);
        assertThatThrownBy(() -> client.getJob(id))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Job " + id + " does not exist");
        assertThatThrownBy(() -> client.getJobLogs(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.stopJob(id)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.deleteJob(id)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void nodesTasksAndResourcesAreTheClusters(RayCluster cluster, RayClient ray) {
        List<Node> nodes = client.listNodes();
        assertThat(nodes).singleElement().satisfies(node -> {
            assertThat(node.nodeId()).isEqualTo(cluster.head().id());
            assertThat(node.state()).isEqualTo(NodeState.ALIVE);
            assertThat(node.resourcesTotal()).containsEntry("CPU", 2.0);
        });
        assertThat(client.getNode(cluster.head().id())).isEqualTo(nodes.get(0));
        assertThatThrownBy(() -> client.getNode("0".repeat(56))).isInstanceOf(NotFoundException.class);
        assertThat(client.getGpuStatus()).isEqualTo(ray.getGpuStatus());

        ClusterResources resources = client.getClusterResources(false);
        assertThat(resources.nodeCounts().alive()).isEqualTo(1);
        assertThat(resources.nodes())
                .singleElement()
                .satisfies(node ->
                        assertThat(node.nodeId()).isEqualTo(cluster.head().id()));
        assertThat(client.checkFeasibility(FeasibilityRequest.of(WorkloadKind.JOB, 3))
                        .feasible())
                .isFalse();

        String id = client.submitJob(JobSubmission.of("python -c 'import ray\n"
                + "@ray.remote\ndef of_the_agent(): return 1\n"
                + "ray.init(); ray.get(of_the_agent.remote())'"));
        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
        Task task = client.listTasks().stream()
                .filter(each -> "of_the_agent".equals(each.name()))
                .findFirst()
                .orElseThrow();
        assertThat(task).isEqualTo(ray.getTask(task.taskId())).isEqualTo(client.getTask(task.taskId()));
        assertThatThrownBy(() -> client.getTask("0".repeat(48))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void serveApplicationsAreTheClusters(RayClient ray) {
        ray.deployServeApplications(ServeConfig.of(
                        ServeApplicationConfig.of("hello", "serve_apps:hello").routePrefix("/hello"))
                .proxyLocation(ProxyLocation.DISABLED));
        try {
            ServeApplication hello = ray.waitForServeApplication("hello", PATIENCE);

            assertThat(client.listServeApplications()).containsExactly(hello);
            assertThat(client.getServeApplication("hello")).isEqualTo(hello);
            assertThatThrownBy(() -> client.getServeApplication("bye")).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> client.deleteServeApplication("bye")).isInstanceOf(NotFoundException.class);

            client.deleteServeApplication("hello");
            await().atMost(PATIENCE).until(() -> client.listServeApplications().isEmpty());
        } finally {
            ray.deleteAllServeApplications();
        }
    }

    @Test
    void aClusterThatIsNotThereIsNamed() {
        toRay.close();

        assertThatThrownBy(client::listJobs)
                .isInstanceOfSatisfying(
                        ClientException.class,
                        failure -> assertThat(failure.statusCode()).isEqualTo(503))
                .hasMessageContaining("the Ray cluster at " + toRay.uri() + " is not available");
        assertThat(client.healthCheck().additionalProperties().get("ray"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("available", false);
    }

    @Test
    void thatTheClusterDoesNotLetTheAgentInIsNotSaidOfTheCallersToken() {
        client.listNodes();
        assertThat(toRay.requests())
                .isNotEmpty()
                .allMatch(
                        request -> request.header("Authorization").orElseThrow().equals("Bearer token-of-ray"));

        toRay.every(Fault.status(403, Map.of(), "Forbidden: Invalid authentication token"));

        assertThatThrownBy(client::listNodes)
                .isInstanceOfSatisfying(
                        ClientException.class,
                        failure -> assertThat(failure.statusCode()).isEqualTo(503))
                .hasMessageContaining("does not let this agent in")
                .hasMessageNotContaining("token-of-ray");
    }
}
