package io.synapse.sdk.ray;

import io.synapse.sdk.Performer;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.ray.internal.RayState;
import io.synapse.sdk.task.Task;
import java.util.List;

/**
 * What a Ray cluster tells of itself through its state API: nodes, tasks and actors, in full or as a summary, and what
 * it has and uses. Every answer says whether it is complete. Beside these there are the operations that a cluster has in
 * common with an agent, in their own interfaces.
 */
public interface StateOperations extends Performer {
    /**
     * The nodes that a query asks for, and whether they are all.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value does not suit it
     */
    default StateAnswer<List<Node>> listNodes(StateQuery query) {
        return perform(RayState.nodes(query));
    }

    /**
     * The tasks that a query asks for, and whether they are all; of a task with several attempts, each. What happens to
     * a task is known here a second or so later.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value does not suit it
     */
    default StateAnswer<List<Task>> listTasks(StateQuery query) {
        return perform(RayState.tasks(query));
    }

    /**
     * The actors that a query asks for, and whether they are all. Those with which Ray runs jobs are among them.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value does not suit it
     */
    default StateAnswer<List<Actor>> listActors(StateQuery query) {
        return perform(RayState.actors(query));
    }

    /**
     * How many tasks stand where, by their names: of those that pass all of these filters, drivers left out. Ray counts
     * 10,000 at most; the answer says when it did not count all.
     *
     * @throws io.synapse.sdk.ServerException when Ray cannot filter by a column, which it does not explain here
     */
    default StateAnswer<TaskSummary> summarizeTasks(StateFilter... filters) {
        return perform(RayState.taskSummary(filters));
    }

    /**
     * How many actors stand where, by their classes: of those that pass all of these filters. Ray counts 10,000 at most;
     * the answer says when it did not count all.
     *
     * @throws io.synapse.sdk.ServerException when Ray cannot filter by a column, which it does not explain here
     */
    default StateAnswer<ActorSummary> summarizeActors(StateFilter... filters) {
        return perform(RayState.actorSummary(filters));
    }

    /** What the cluster has, uses and lacks: the only place where Ray says what is in use. */
    default ClusterStatus getClusterStatus() {
        return perform(RayState.clusterStatus());
    }

    /** Which cluster it is and what it runs. */
    default ClusterVersion getVersion() {
        return perform(RayState.version());
    }
}
