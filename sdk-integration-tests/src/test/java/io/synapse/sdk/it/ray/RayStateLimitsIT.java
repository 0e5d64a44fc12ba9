package io.synapse.sdk.it.ray;

import static io.synapse.sdk.ray.StateFilter.equal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.ray.StateAnswer;
import io.synapse.sdk.ray.StateQuery;
import io.synapse.sdk.ray.TaskSummary;
import io.synapse.sdk.task.Task;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real cluster with more tasks than Ray lists, and with a node that has died. */
@Timeout(300)
@Tag("one-jdk")
class RayStateLimitsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String TASKS = """
            import ray
            ray.init()
            @ray.remote(num_cpus=0.1)
            def tiny(): pass
            for _ in range(21): ray.get([tiny.remote() for _ in range(500)])
            """;

    private static RayCluster cluster;
    private static RayClient client;

    @BeforeAll
    static void start() throws IOException {
        cluster = RayCluster.start();
        client = cluster.client();
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            client.close();
            cluster.close();
        }
    }

    @Test
    void moreTasksThanRayListsAreSaidToBeCut() {
        String id = client.submitJob(JobSubmission.of("python -c '" + TASKS + "'"));
        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
        await().atMost(PATIENCE)
                .until(() -> client.listTasks(StateQuery.ALL.limit(1)).total() == 10_500);

        StateAnswer<List<Task>> tasks = client.listTasks(StateQuery.ALL);
        assertThat(tasks.result()).hasSize(10_000);
        assertThat(tasks.total()).isEqualTo(10_500);
        assertThat(tasks.numAfterTruncation()).isEqualTo(10_000);
        assertThat(tasks.isTruncated()).isTrue();
        assertThat(client.listTasks()).hasSize(10_000);

        StateAnswer<TaskSummary> summary = client.summarizeTasks();
        assertThat(summary.result().totalTasks()).isEqualTo(10_000);
        assertThat(summary.total()).isEqualTo(10_500);
        assertThat(summary.isTruncated()).isTrue();
    }

    @Test
    void aNodeThatDiedSaysWhenAndWhy() throws Exception {
        RayNode second = cluster.startNode("second");
        Instant killed = Instant.now();
        cluster.kill9(second.raylet());
        await().atMost(PATIENCE).until(() -> client.getNode(second.id()).state().equals(NodeState.DEAD));

        Node node = client.getNode(second.id());
        assertThat(node.stateMessage()).isNotBlank();
        assertThat(node.endTimeMs()).isAfter(killed);
        assertThat(client.listNodes()).hasSize(2);
        StateAnswer<List<Node>> dead = client.listNodes(StateQuery.where(equal("state", NodeState.DEAD)));
        assertThat(dead.result()).extracting(Node::nodeId).containsExactly(second.id());
        assertThat(dead.isTruncated()).isFalse();
    }
}
