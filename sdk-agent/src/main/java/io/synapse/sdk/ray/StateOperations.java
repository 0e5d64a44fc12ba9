package io.synapse.sdk.ray;

import io.synapse.sdk.Performer;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.ray.internal.RayState;
import io.synapse.sdk.task.Task;
import java.util.List;

/**
 * Operations of Ray's state API: nodes, tasks and actors as lists or summaries, and the cluster's resources. Lists and
 * summaries include whether they are complete. The operations that Ray and an agent have in common are in other
 * interfaces.
 */
public interface StateOperations extends Performer {
    /**
     * The nodes that match a query, and whether they are complete.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value has the wrong type
     */
    default StateAnswer<List<Node>> listNodes(StateQuery query) {
        return perform(RayState.nodes(query));
    }

    /**
     * The tasks that match a query, and whether they are complete; each attempt of a task is an element. Changes of a
     * task appear after about a second.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value has the wrong type
     */
    default StateAnswer<List<Task>> listTasks(StateQuery query) {
        return perform(RayState.tasks(query));
    }

    /**
     * The actors that match a query, and whether they are complete. They include the actors that run jobs.
     *
     * @throws io.synapse.sdk.BadRequestException when Ray cannot filter by a column, or the value has the wrong type
     */
    default StateAnswer<List<Actor>> listActors(StateQuery query) {
        return perform(RayState.actors(query));
    }

    /**
     * The numbers of tasks by name and state, of the tasks that match all filters, without drivers. Ray counts at most
     * 10,000; the result includes whether it is complete.
     *
     * @throws io.synapse.sdk.ServerException when Ray cannot filter by a column; its error does not state the reason
     */
    default StateAnswer<TaskSummary> summarizeTasks(StateFilter... filters) {
        return perform(RayState.taskSummary(filters));
    }

    /**
     * The numbers of actors by class and state, of the actors that match all filters. Ray counts at most 10,000; the
     * result includes whether it is complete.
     *
     * @throws io.synapse.sdk.ServerException when Ray cannot filter by a column; its error does not state the reason
     */
    default StateAnswer<ActorSummary> summarizeActors(StateFilter... filters) {
        return perform(RayState.actorSummary(filters));
    }

    /** The resources of the cluster, their use and the unmet demand. Only this request of Ray reports the use. */
    default ClusterStatus getClusterStatus() {
        return perform(RayState.clusterStatus());
    }

    /** The versions and the session of the cluster. */
    default ClusterVersion getVersion() {
        return perform(RayState.version());
    }
}
