package io.synapse.sdk.ray;

import static io.synapse.sdk.ray.StateFilter.equal;
import static io.synapse.sdk.ray.StateFilter.notEqual;
import static io.synapse.sdk.ray.StateSamples.envelope;
import static io.synapse.sdk.ray.StateSamples.recorded;
import static io.synapse.sdk.ray.StateSamples.tasks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.task.Task;
import io.synapse.sdk.task.TaskState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes, tasks and actors as a real dashboard (Ray 2.58.0) writes them, in full, cut, and in error. */
class StateOperationsTest {
    private static final String HEAD = "8ec97ac00dbd9e6ac86061cbcd76634cd59718864ca5806c8ececbca";
    private static final String TASK = "6a29db808a9d5a64ffffffffffffffffffffffff03000000";

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
    void aQuestionSaysAllThatItMeans() throws Exception {
        answerList(0, 0, 0);
        client.listTasks(StateQuery.where(equal("state", TaskState.FAILED), notEqual("name", "a b&c"))
                .and(equal("attempt_number", 0))
                .limit(7)
                .detail(true)
                .timeout(Duration.ofMillis(4_100))
                .excludeDriver(false));

        HttpUrl url = asked();
        assertThat(url.encodedPath()).isEqualTo("/api/v0/tasks");
        assertThat(url.queryParameterValues("filter_keys")).containsExactly("state", "name", "attempt_number");
        assertThat(url.queryParameterValues("filter_predicates")).containsExactly("=", "!=", "=");
        assertThat(url.queryParameterValues("filter_values")).containsExactly("FAILED", "a b&c", "0");
        assertThat(url.queryParameter("limit")).isEqualTo("7");
        assertThat(url.queryParameter("detail")).isEqualTo("true");
        assertThat(url.queryParameter("timeout")).isEqualTo("5");
        assertThat(url.queryParameter("exclude_driver")).isEqualTo("false");
    }

    @Test
    void aPlainListAsksForAllThereIs() throws Exception {
        answer("nodes");
        client.listNodes();

        HttpUrl url = asked();
        assertThat(url.queryParameter("limit")).isEqualTo("10000");
        assertThat(url.queryParameter("detail")).isEqualTo("true");
        assertThat(url.queryParameterNames()).doesNotContain("filter_keys");
    }

    @Test
    void aNodeIsRead() throws Exception {
        answer("nodes");
        Node node = client.getNode(HEAD);

        assertThat(asked().queryParameter("filter_values")).isEqualTo(HEAD);
        assertThat(node.nodeId()).isEqualTo(HEAD);
        assertThat(node.state()).isEqualTo(NodeState.ALIVE);
        assertThat(node.isHeadNode()).isTrue();
        assertThat(node.stateMessage()).isNull();
        assertThat(node.resourcesTotal()).containsEntry("CPU", 2.0).containsEntry("node:__internal_head__", 1.0);
        assertThat(node.labels()).containsEntry("ray.io/node-id", HEAD);
        assertThat(node.startTimeMs()).isEqualTo(Instant.parse("2026-11-21T08:12:46.350Z"));
        assertThat(node.endTimeMs()).isNull();
        assertThat(node.additionalProperties()).isEmpty();
    }

    @Test
    void aTaskIsRead() {
        answer("task-failed");
        StateAnswer<List<Task>> answer = client.listTasks(StateQuery.ALL.detail(true));

        assertThat(answer.isComplete()).isTrue();
        assertThat(answer.result()).singleElement().satisfies(task -> {
            assertThat(task.taskId()).isEqualTo(TASK);
            assertThat(task.attemptNumber()).isZero();
            assertThat(task.state()).isEqualTo(TaskState.FAILED);
            assertThat(task.errorType()).isEqualTo("TASK_EXECUTION_EXCEPTION");
            assertThat(task.errorMessage()).endsWith("ValueError: no good");
            assertThat(task.actorId()).isNull();
            assertThat(task.parentTaskId()).endsWith("03000000");
            assertThat(task.requiredResources()).isEqualTo(Map.of("CPU", 0.1));
            assertThat(task.creationTimeMs()).isEqualTo(Instant.parse("2026-11-21T08:45:27.335Z"));
            assertThat(task.startTimeMs()).isEqualTo(Instant.parse("2026-11-21T08:45:27.336Z"));
            assertThat(task.endTimeMs()).isEqualTo(Instant.parse("2026-11-21T08:45:27.338Z"));
            assertThat(task.additionalProperties()).containsKeys("events", "task_log_info", "language");
        });
    }

    @Test
    void aTaskThatWasTriedAgainIsItsLastAttempt() throws Exception {
        answerTasks(
                "{\"task_id\":\"t\",\"attempt_number\":1,\"state\":\"FAILED\"}",
                "{\"task_id\":\"t\",\"attempt_number\":2,\"state\":\"RUNNING\"}",
                "{\"task_id\":\"t\",\"attempt_number\":0,\"state\":\"FAILED\"}");

        assertThat(client.getTask("t").state()).isEqualTo(TaskState.RUNNING);
        assertThat(asked().queryParameter("exclude_driver")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Non-hexadecimal digit found", "ID string needs to have length 28, got 2"})
    void whatIsNoIdOfRaysIsNotFound(String message) {
        refuse(400, message);
        assertThatThrownBy(() -> client.getNode("nope"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("Ray knows no node nope")
                .hasCauseInstanceOf(BadRequestException.class);
        refuse(400, message);
        assertThatThrownBy(() -> client.getTask("nope"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("Ray knows no task nope");
    }

    @Test
    void whatIsNotListedIsNotFound() {
        answerList(1, 0, 0);
        assertThatThrownBy(() -> client.getNode(HEAD)).isInstanceOf(NotFoundException.class);
        answerList(0, 0, 0);
        assertThatThrownBy(() -> client.getTask(TASK)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anActorsCountsThatAreTextAreNumbers() {
        answer("actor");
        StateAnswer<List<Actor>> answer = client.listActors(
                StateQuery.where(equal("class_name", "Counter")).detail(true));

        assertThat(answer.total()).isEqualTo(8);
        assertThat(answer.numFiltered()).isOne();
        assertThat(answer.isTruncated()).isFalse();
        assertThat(answer.result()).singleElement().satisfies(actor -> {
            assertThat(actor.className()).isEqualTo("Counter");
            assertThat(actor.state()).isEqualTo(ActorState.ALIVE);
            assertThat(actor.pid()).isEqualTo(3123);
            assertThat(actor.numRestarts()).isZero();
            assertThat(actor.isDetached()).isFalse();
            assertThat(actor.requiredResources()).isEqualTo(Map.of("CPU", 0.1));
            assertThat(actor.deathCause()).isEmpty();
            assertThat(actor.additionalProperties())
                    .containsEntry("num_restarts_due_to_node_preemption", "0")
                    .doesNotContainKey("num_restarts");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20, 20, 5, true", // the query's limit
        "20, 20, 5, 5, false",
        "10500, 10000, 3, 3, true", // more than Ray looks at
        "20, 20, 20, 20, false"
    })
    void anAnswerSaysWhetherItIsCut(int total, int lookedAt, int filtered, int listed, boolean cut) {
        answerList(total, lookedAt, filtered, tasks(listed));
        StateAnswer<List<Task>> tasks = client.listTasks(StateQuery.ALL);

        assertThat(tasks.result()).hasSize(listed);
        assertThat(tasks.total()).isEqualTo(total);
        assertThat(tasks.numAfterTruncation()).isEqualTo(lookedAt);
        assertThat(tasks.numFiltered()).isEqualTo(filtered);
        assertThat(tasks.isTruncated()).isEqualTo(cut);
        assertThat(tasks.isComplete()).isEqualTo(!cut);
    }

    /** Of nodes, Ray counts those that a filter leaves out at the source as if they were cut off. */
    @Test
    void nodesThatAFilterLeavesOutAreNotCutOff() {
        answerList(1, 0, 0);
        assertThat(client.listNodes(StateQuery.where(equal("state", NodeState.DEAD)))
                        .isTruncated())
                .isFalse();
        answerList(10_500, 10_000, 0);
        assertThat(client.listNodes(StateQuery.where(notEqual("state", NodeState.ALIVE)))
                        .isTruncated())
                .isTrue();
    }

    @Test
    void whatMayBeMissingIsSaid() {
        answer(envelope(1, 1, 1, "{\"task_id\":\"t\"}", "\"1 raylet failed to reply\"", "[\"evicted\"]"));
        StateAnswer<List<Task>> tasks = client.listTasks(StateQuery.ALL);

        assertThat(tasks.warnings()).containsExactly("1 raylet failed to reply", "evicted");
        assertThat(tasks.isComplete()).isFalse();
        assertThat(tasks.isTruncated()).isFalse();
    }

    @Test
    void aPlainListThatIsCutIsWarnedOf() {
        answerList(10_500, 3, 3, tasks(3));
        assertThat(logOf(() -> assertThat(client.listTasks()).hasSize(3)))
                .contains("WARN")
                .contains("Ray listed 3 of 10500 tasks; ask with a StateQuery for those that you need"
                        + System.lineSeparator())
                .hasLineCount(1);

        answerList(3, 3, 3, tasks(3));
        assertThat(logOf(client::listTasks)).isEmpty();
    }

    @Test
    void aPlainListOfNothingButAWarningIsAFailure() {
        answer(envelope(0, 0, 0, "", "\"\"", "[\"task events are not there\"]"));
        assertThatThrownBy(() -> client.listTasks())
                .isInstanceOf(ServerException.class)
                .hasMessage("Ray cannot list its tasks: task events are not there");
    }

    @Test
    void summariesAreRead() throws Exception {
        answer("tasks-summary");
        StateAnswer<TaskSummary> tasks = client.summarizeTasks(equal("job_id", "03000000"));

        HttpUrl url = asked();
        assertThat(url.encodedPath()).isEqualTo("/api/v0/tasks/summarize");
        assertThat(url.queryParameter("filter_predicates")).isEqualTo("=");
        assertThat(url.queryParameterNames()).doesNotContain("limit");
        assertThat(tasks.isComplete()).isTrue();
        assertThat(tasks.result().totalTasks()).isEqualTo(21);
        assertThat(tasks.result().totalActorTasks()).isOne();
        assertThat(tasks.result().summary().get("square").count(TaskState.FINISHED))
                .isEqualTo(20);
        assertThat(tasks.result().summary().get("broken").count(TaskState.FINISHED))
                .isZero();
        assertThat(tasks.result().summary().get("Counter.add").type()).isEqualTo("ACTOR_TASK");

        answer("actors-summary");
        ActorSummary actors = client.summarizeActors().result();
        assertThat(actors.totalActors()).isEqualTo(8);
        assertThat(actors.summary().get("JobSupervisor").count(ActorState.DEAD)).isEqualTo(6);
        assertThat(actors.additionalProperties()).containsEntry("summary_by", "class");
    }

    @Test
    void aRefusedColumnIsNamedInOneLine() {
        answer(400, recorded("bad-column"));
        assertThatThrownBy(() -> client.listTasks(StateQuery.where(equal("bogus", 1))))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("The given filter column bogus is not supported.")
                .satisfies(failure -> assertThat(((ClientException) failure).detail())
                        .asString()
                        .contains("'func_or_class_name'"));
    }

    @Test
    void errorsAreWhatTheyAre() {
        refuse(500, "Failed to query data from GCS.");
        assertThatThrownBy(() -> client.listActors(StateQuery.ALL))
                .isInstanceOf(ServerException.class)
                .hasMessageEndingWith("answered 500: Failed to query data from GCS.");
        refuse(429, "Max number of in-progress requests=100 reached.");
        assertThatThrownBy(() -> client.listActors(StateQuery.ALL))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("in-progress requests=100");
        refuse(200, "something\nelse");
        assertThatThrownBy(() -> client.listActors(StateQuery.ALL))
                .isInstanceOf(ServerException.class)
                .hasMessage("api/v0/actors failed: something else");
    }

    static Stream<String> wrongAnswers() {
        return Stream.of(
                "{}",
                "{\"result\":true,\"msg\":\"\",\"data\":{\"result\":null}}",
                "{\"result\":true,\"data\":{\"result\":{\"result\":{}}}}");
    }

    @ParameterizedTest
    @MethodSource("wrongAnswers")
    void anAnswerOfAnotherFormIsAnError(String body) {
        answer(200, body);
        assertThatThrownBy(() -> client.listTasks(StateQuery.ALL))
                .isInstanceOf(UnexpectedResponseException.class)
                .hasMessageStartingWith("api/v0/tasks was answered, but it holds ");
    }

    @Test
    void anOddTaskDoesNotCostTheOthers() {
        answer(
                200,
                "{\"result\":true,\"data\":{\"result\":{\"total\":3,\"num_after_truncation\":3,\"num_filtered\":3,"
                        + "\"result\":[1,{\"task_id\":\"a\",\"worker_pid\":\"many\"},{\"task_id\":\"b\"}]}}}");

        StateAnswer<List<Task>> tasks = client.listTasks(StateQuery.ALL);

        assertThat(tasks.result()).extracting(Task::taskId).containsExactly("a", "b");
        assertThat(tasks.result().get(0).additionalProperties()).isEqualTo(Map.of("worker_pid", "many"));
        assertThat(tasks.isComplete()).isFalse();
    }

    static Stream<ThrowingCallable> outOfRange() {
        return Stream.of(
                () -> StateQuery.ALL.limit(0),
                () -> StateQuery.ALL.limit(10_001),
                () -> StateQuery.ALL.timeout(Duration.ZERO),
                () -> StateQuery.ALL.timeout(Duration.ofSeconds(-1)),
                () -> equal(" ", "x"));
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatCannotBeAskedIsRefusedAtOnce(ThrowingCallable question) {
        assertThatThrownBy(question)
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        failure -> assertThat(failure.attempts()).isZero());
    }

    @Test
    void theVersionTellsOneClusterFromAnother() {
        answer("version");
        ClusterVersion version = client.getVersion();

        assertThat(version.version()).isEqualTo("4");
        assertThat(version.rayVersion()).isEqualTo("2.58.0");
        assertThat(version.sessionName()).startsWith("session_2026-11-21_");
    }

    private HttpUrl asked() throws InterruptedException {
        return server.takeRequest().getUrl();
    }

    private void answer(String resource) {
        answer(200, resource.startsWith("{") ? resource : recorded(resource));
    }

    private void answer(int status, String body) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json; charset=utf-8")
                .body(body)
                .build());
    }

    private void refuse(int status, String message) {
        String line = message.replace("\n", "\\n");
        answer(status, "{\"result\": false, \"msg\": \"" + line + "\", \"data\": {\"result\": null}}");
    }

    private void answerTasks(String... tasks) {
        answerList(tasks.length, tasks.length, tasks.length, tasks);
    }

    private void answerList(int total, int lookedAt, int filtered, String... entries) {
        answer(envelope(total, lookedAt, filtered, String.join(",", entries), "\"\"", "null"));
    }

    private static String logOf(Runnable action) {
        PrintStream usual = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(usual);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
