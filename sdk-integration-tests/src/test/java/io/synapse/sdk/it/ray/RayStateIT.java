package io.synapse.sdk.it.ray;

import static io.synapse.sdk.ray.StateFilter.equal;
import static io.synapse.sdk.ray.StateFilter.notEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.ray.Actor;
import io.synapse.sdk.ray.ActorState;
import io.synapse.sdk.ray.ActorSummary;
import io.synapse.sdk.ray.ClusterStatus;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.ray.StateAnswer;
import io.synapse.sdk.ray.StateFilter;
import io.synapse.sdk.ray.StateQuery;
import io.synapse.sdk.ray.TaskSummary;
import io.synapse.sdk.task.Task;
import io.synapse.sdk.task.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a real cluster tells of a job of 20 tasks that end well, one that does not, and an actor. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class RayStateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DRIVER = """
            import ray, time
            from ray.util.state import list_tasks
            ray.init()
            @ray.remote(num_cpus=0.1)
            def square(x): return x * x
            @ray.remote(num_cpus=0.1, max_retries=0)
            def broken(): raise ValueError("no good")
            @ray.remote(num_cpus=0.1)
            class Counter:
                def count(self): return 1
            print(sum(ray.get([square.remote(i) for i in range(20)])))
            try: ray.get(broken.remote())
            except ValueError: print("broken, as it should")
            ray.get(Counter.options(name="counter-of-the-test").remote().count.remote())
            # a worker reports once a second when its tasks began, and ends with the job whether it has or not
            of_this_job = [("job_id", "=", ray.get_runtime_context().get_job_id())]
            def tasks(): return list_tasks(filters=of_this_job, detail=True)
            while sum(task.start_time_ms is not None for task in tasks()) < 23:
                time.sleep(0.1)
            """;

    private static StateFilter ofTheJob;

    @BeforeAll
    static void runTheJob(RayClient client) {
        String id = client.submitJob(JobSubmission.of("python -c '" + DRIVER + "'"));
        Job job = client.waitForJob(id, PATIENCE);
        assertThat(job.status()).as(job.message()).isEqualTo(JobStatus.SUCCEEDED);
        ofTheJob = equal("job_id", job.jobId());
        // Ray knows of a task's end a while later
        await().atMost(PATIENCE).until(() -> client.listTasks(ended()).result().size() == 23);
    }

    @Test
    void tasksAreFiltered(RayClient client) {
        StateAnswer<List<Task>> squares = client.listTasks(ended().and(equal("name", "square")));
        StateAnswer<List<Task>> others = client.listTasks(ended().and(notEqual("name", "square")));
        StateAnswer<List<Task>> withDriver = client.listTasks(ended().excludeDriver(false));

        assertThat(squares.isComplete()).isTrue();
        assertThat(squares.numFiltered()).isEqualTo(20);
        assertThat(squares.result()).hasSize(20).allSatisfy(task -> {
            assertThat(task.state()).isEqualTo(TaskState.FINISHED);
            assertThat(task.startTimeMs()).as("of no detailed query").isNull();
        });
        assertThat(others.result())
                .extracting(Task::type)
                .containsExactlyInAnyOrder("NORMAL_TASK", "ACTOR_CREATION_TASK", "ACTOR_TASK");
        assertThat(withDriver.result()).hasSize(24).extracting(Task::type).contains("DRIVER_TASK");
    }

    @Test
    void aLimitIsSaidToCut(RayClient client) {
        StateAnswer<List<Task>> five =
                client.listTasks(ended().and(equal("name", "square")).limit(5));

        assertThat(five.result()).hasSize(5);
        assertThat(five.isTruncated()).isTrue();
        assertThat(five.isComplete()).isFalse();
        assertThat(five.numFiltered()).isEqualTo(20);
        assertThat(five.total()).isEqualTo(20);
        assertThat(five.warnings()).isEmpty();
    }

    @Test
    void aTaskThatFailedSaysWhy(RayClient client) {
        List<Task> failed =
                client.listTasks(ended().and(equal("state", TaskState.FAILED))).result();
        Task task = client.getTask(failed.get(0).taskId());

        assertThat(failed).hasSize(1);
        assertThat(task.name()).isEqualTo("broken");
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.errorMessage()).endsWith("ValueError: no good");
        assertThat(task.requiredResources()).isEqualTo(Map.of("CPU", 0.1));
        assertThat(task.creationTimeMs()).isBeforeOrEqualTo(task.startTimeMs());
        assertThat(task.startTimeMs()).isBeforeOrEqualTo(task.endTimeMs());
        assertThat(client.listTasks()).contains(task);
    }

    @Test
    void actorsAreToldInDetail(RayClient client) {
        StateQuery query =
                StateQuery.where(ofTheJob, equal("class_name", "Counter")).detail(true);
        await().atMost(PATIENCE)
                .until(() -> client.listActors(query).result().get(0).state().equals(ActorState.DEAD));
        StateAnswer<List<Actor>> actors = client.async().listActors(query).join();

        assertThat(actors.isTruncated()).isFalse();
        assertThat(actors.result()).singleElement().satisfies(actor -> {
            assertThat(actor.name()).isEqualTo("counter-of-the-test");
            assertThat(actor.numRestarts()).isZero();
            assertThat(actor.deathCause()).containsKey("actor_died_error_context");
            assertThat(actor.requiredResources()).isEqualTo(Map.of("CPU", 0.1));
        });
    }

    @Test
    void summariesCountByNameAndState(RayClient client) {
        StateAnswer<TaskSummary> tasks = client.summarizeTasks(ofTheJob);
        ActorSummary actors = client.summarizeActors(ofTheJob).result();

        assertThat(tasks.isComplete()).isTrue();
        assertThat(tasks.result().totalTasks()).isEqualTo(21);
        assertThat(tasks.result().totalActorTasks()).isOne();
        assertThat(tasks.result().summary().get("square").count(TaskState.FINISHED))
                .isEqualTo(20);
        assertThat(tasks.result().summary().get("broken").count(TaskState.FAILED))
                .isOne();
        assertThat(actors.summary()).containsOnlyKeys("Counter");
    }

    @Test
    void theHeadIsListedInDetail(RayCluster cluster, RayClient client) {
        Node head = client.getNode(cluster.head().id());

        assertThat(client.listNodes()).contains(head);
        assertThat(head.isHeadNode()).isTrue();
        assertThat(head.state()).isEqualTo(NodeState.ALIVE);
        assertThat(head.resourcesTotal()).containsEntry("CPU", 2.0);
        assertThat(head.startTimeMs()).isNotNull();
        assertThat(head.endTimeMs()).isNull();
        StateAnswer<List<Node>> dead = client.listNodes(StateQuery.where(equal("state", NodeState.DEAD)));
        assertThat(dead.result()).isEmpty();
        assertThat(dead.isTruncated()).isFalse();
    }

    @Test
    void whatIsNotThereIsNotFound(RayClient client) {
        for (String id : List.of("nope", "abcd", "f".repeat(56))) {
            assertThatThrownBy(() -> client.getNode(id))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("Ray knows no node " + id);
        }
        for (String id : List.of("nope", "abcd", "f".repeat(48))) {
            assertThatThrownBy(() -> client.getTask(id))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("Ray knows no task " + id);
        }
    }

    @Test
    void aColumnThatRayDoesNotKnowIsRefused(RayClient client) {
        StateFilter unknown = equal("bogus", "x");

        assertThatThrownBy(() -> client.listTasks(StateQuery.where(unknown)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("The given filter column bogus is not supported.");
        assertThatThrownBy(() -> client.listTasks(StateQuery.where(equal("attempt_number", "x"))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("attempt_number");
        assertThatThrownBy(() -> client.summarizeTasks(unknown)).isInstanceOf(ServerException.class);
    }

    @Test
    void whatIsInUseIsSaidUnderRaysOwnNames(RayCluster cluster, RayClient client) {
        await().atMost(PATIENCE).until(() -> !client.getClusterStatus().usage().isEmpty());
        ClusterStatus status = client.getClusterStatus();

        assertThat(status.usage().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        client.getNode(cluster.head().id()).resourcesTotal().keySet());
        assertThat(status.usage().get("CPU").total()).isEqualTo(2);
        assertThat(status.usageByNode()).containsOnlyKeys(cluster.head().id());
        assertThat(status.time()).isNotNull();
    }

    @Test
    void hardwareAndVersionAreReported(RayCluster cluster, RayClient client) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.getGpuStatus().nodes())
                        .anySatisfy(node -> assertThat(node.nodeId())
                                .isEqualTo(cluster.head().id())));
        assertThat(client.getVersion().rayVersion()).isEqualTo("2.58.0");
        assertThat(client.getVersion().sessionName())
                .isEqualTo(cluster.head().session().getFileName().toString());
    }

    private static StateQuery ended() {
        return StateQuery.where(ofTheJob).and(notEqual("state", "RUNNING"));
    }
}
