package io.synapse.sdk.ray;

import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.ray.internal.RayState;
import io.synapse.sdk.task.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link StateOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncStateOperations extends AsyncPerformer {
    /**
     * The nodes that a query asks for, and whether they are all.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value does not suit it
     */
    default CompletableFuture<StateAnswer<List<Node>>> listNodes(StateQuery query) {
        return perform(RayState.nodes(query));
    }

    /**
     * The tasks that a query asks for, and whether they are all; of a task with several attempts, each. What happens to
     * a task is known here a second or so later.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value does not suit it
     */
    default CompletableFuture<StateAnswer<List<Task>>> listTasks(StateQuery query) {
        return perform(RayState.tasks(query));
    }

    /**
     * The actors that a query asks for, and whether they are all. Those with which Ray runs jobs are among them.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value does not suit it
     */
    default CompletableFuture<StateAnswer<List<Actor>>> listActors(StateQuery query) {
        return perform(RayState.actors(query));
    }

    /**
     * How many tasks stand where, by their names: of those that pass all of these filters, drivers left out. Ray counts
     * 10,000 at most; the answer says when it did not count all.
     *
     * @throws io.synapse.sdk.ServerException when Ray cannot filter by a column, which it does not explain here
     */
    default CompletableFuture<StateAnswer<TaskSummary>> summarizeTasks(StateFilter... filters) {
        return perform(RayState.taskSummary(filters));
    }

    /**
     * How many actors stand where, by their classes: of those that pass all of these filters. Ray counts 10,000 at most;
     * the answer says when it did not count all.
     *
     * @throws io.synapse.sdk.ServerException when Ray cannot filter by a column, which it does not explain here
     */
    default CompletableFuture<StateAnswer<ActorSummary>> summarizeActors(StateFilter... filters) {
        return perform(RayState.actorSummary(filters));
    }

    /** What the cluster has, uses and lacks: the only place where Ray says what is in use. */
    default CompletableFuture<ClusterStatus> getClusterStatus() {
        return perform(RayState.clusterStatus());
    }

    /** Which cluster it is and what it runs. */
    default CompletableFuture<ClusterVersion> getVersion() {
        return perform(RayState.version());
    }
}
