package io.synapse.sdk.ray.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.ray.Actor;
import io.synapse.sdk.ray.ActorSummary;
import io.synapse.sdk.ray.ClusterStatus;
import io.synapse.sdk.ray.ClusterVersion;
import io.synapse.sdk.ray.StateAnswer;
import io.synapse.sdk.ray.StateFilter;
import io.synapse.sdk.ray.StateFilter.Predicate;
import io.synapse.sdk.ray.StateQuery;
import io.synapse.sdk.ray.TaskSummary;
import io.synapse.sdk.task.Task;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Operations of Ray's state API (wire/ray.md, section 2). */
public final class RayState {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.state");
    private static final String API = "api/v0/";
    private static final StateQuery EVERYTHING = StateQuery.ALL.detail(true);

    /** The server counts nodes that do not match these columns as truncated. */
    private static final Set<String> EXCLUDED_FROM_COUNT = Set.of("node_id", "node_name", "state");

    /** The time limit of a query that sets none. */
    private static final long DEFAULT_SECONDS = StateQuery.ALL.timeout().toSeconds();

    private RayState() {}

    static Operation<List<Node>> listNodes() {
        return nodes(EVERYTHING).map(answer -> list("nodes", answer));
    }

    static Operation<Node> getNode(String id) {
        return nodes(only("node_id", id))
                .recover(BadRequestException.class, invalidId -> {
                    throw missing("node", id, invalidId);
                })
                .map(answer -> answer.result().stream().findFirst().orElseThrow(() -> missing("node", id, null)));
    }

    static Operation<GpuStatus> gpuStatus() {
        return Endpoint.get("nodes", ResponseType.object())
                .query("view", "summary")
                .map(NodeReports::gpus);
    }

    static Operation<List<Task>> listTasks() {
        return tasks(EVERYTHING).map(answer -> list("tasks", answer));
    }

    /** A retried task is listed once for each attempt. */
    static Operation<Task> getTask(String id) {
        return tasks(only("task_id", id).excludeDriver(false))
                .recover(BadRequestException.class, invalidId -> {
                    throw missing("task", id, invalidId);
                })
                .map(answer -> answer.result().stream()
                        .max(Comparator.comparingInt(RayState::attempt))
                        .orElseThrow(() -> missing("task", id, null)));
    }

    /** The nodes that match a query. */
    public static Operation<StateAnswer<List<Node>>> nodes(StateQuery query) {
        boolean isExcluded = query.filters().stream()
                .anyMatch(filter ->
                        filter.predicate() == Predicate.EQUAL && EXCLUDED_FROM_COUNT.contains(filter.column()));
        return list("nodes", query)
                .map(answer -> isExcluded ? answer.untruncatedListOf(Node.class) : answer.listOf(Node.class));
    }

    /** The tasks that match a query. */
    public static Operation<StateAnswer<List<Task>>> tasks(StateQuery query) {
        return list("tasks", query).map(answer -> answer.listOf(Task.class));
    }

    /** The actors that match a query. */
    public static Operation<StateAnswer<List<Actor>>> actors(StateQuery query) {
        return list("actors", query).map(answer -> answer.listOf(Actor.class));
    }

    /** The numbers of tasks by name and state. */
    public static Operation<StateAnswer<TaskSummary>> taskSummary(StateFilter... filters) {
        return summary("tasks/summarize", filters).map(answer -> answer.summary(TaskSummary.class));
    }

    /** The numbers of actors by class and state. */
    public static Operation<StateAnswer<ActorSummary>> actorSummary(StateFilter... filters) {
        return summary("actors/summarize", filters).map(answer -> answer.summary(ActorSummary.class));
    }

    /** The resources of the cluster and their use. */
    public static Operation<ClusterStatus> clusterStatus() {
        return Endpoint.get("api/cluster_status", ResponseType.object()).map(AutoscalerReport::read);
    }

    /** The versions and the session of the cluster. */
    public static Operation<ClusterVersion> version() {
        return Endpoint.get("api/version", ClusterVersion.class);
    }

    private static Operation<StateReply> list(String kind, StateQuery query) {
        Endpoint<Map<String, @Nullable Object>> list = Endpoint.get(API + kind, ResponseType.object())
                .query("limit", query.limit())
                .query("detail", query.detail())
                .query("exclude_driver", query.excludeDriver());
        return ask(list, query.timeout(), query.filters());
    }

    private static Operation<StateReply> summary(String kind, StateFilter... filters) {
        return ask(Endpoint.get(API + kind, ResponseType.object()), EVERYTHING.timeout(), List.of(filters));
    }

    /** Ray ignores a filter if one of its three parameters is missing. */
    private static Operation<StateReply> ask(
            Endpoint<Map<String, @Nullable Object>> endpoint, Duration timeout, List<StateFilter> filters) {
        long seconds = timeout.plusSeconds(1).minusNanos(1).toSeconds();
        Endpoint<Map<String, @Nullable Object>> request =
                endpoint.query("timeout", seconds).readTimeout(Duration.ofSeconds(seconds));
        if (seconds > DEFAULT_SECONDS) { // the client's call timeout may be less
            request = request.callTimeout(Duration.ofSeconds(seconds + DEFAULT_SECONDS));
        }
        for (StateFilter filter : filters) {
            request = request.query("filter_keys", filter.column())
                    .query("filter_predicates", filter.predicate().sign())
                    .query("filter_values", filter.value());
        }
        String what = endpoint.target();
        return request.map(answer -> StateReply.read(what, answer));
    }

    private static StateQuery only(String column, String value) {
        return EVERYTHING.and(StateFilter.equal(column, value));
    }

    private static int attempt(Task task) {
        Integer attempt = task.attemptNumber();
        return attempt == null ? 0 : attempt;
    }

    private static NotFoundException missing(String what, String id, @Nullable Throwable cause) {
        return new NotFoundException(Failure.of(404, "Ray knows no " + what + " " + id), cause);
    }

    /** The result cannot contain the warnings, so they are logged. */
    private static <T> List<T> list(String what, StateAnswer<List<T>> answer) {
        if (answer.isComplete()) {
            return answer.result();
        }
        String warnings = String.join(" ", answer.warnings());
        if (answer.result().isEmpty()) {
            throw new ServerException(Failure.of(500, "Ray cannot list its " + what + ": " + warnings));
        }
        LOG.warn(
                "Ray listed {} of {} {}; ask with a StateQuery for those that you need{}",
                answer.result().size(),
                answer.total(),
                what,
                warnings.isEmpty() ? "" : ": " + warnings);
        return answer.result();
    }
}
