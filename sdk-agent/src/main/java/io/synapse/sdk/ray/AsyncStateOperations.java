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
    /** Asynchronous twin of {@link StateOperations#listNodes}. */
    default CompletableFuture<StateAnswer<List<Node>>> listNodes(StateQuery query) {
        return perform(RayState.nodes(query));
    }

    /** Asynchronous twin of {@link StateOperations#listTasks}. */
    default CompletableFuture<StateAnswer<List<Task>>> listTasks(StateQuery query) {
        return perform(RayState.tasks(query));
    }

    /** Asynchronous twin of {@link StateOperations#listActors}. */
    default CompletableFuture<StateAnswer<List<Actor>>> listActors(StateQuery query) {
        return perform(RayState.actors(query));
    }

    /** Asynchronous twin of {@link StateOperations#summarizeTasks}. */
    default CompletableFuture<StateAnswer<TaskSummary>> summarizeTasks(StateFilter... filters) {
        return perform(RayState.taskSummary(filters));
    }

    /** Asynchronous twin of {@link StateOperations#summarizeActors}. */
    default CompletableFuture<StateAnswer<ActorSummary>> summarizeActors(StateFilter... filters) {
        return perform(RayState.actorSummary(filters));
    }

    /** Asynchronous twin of {@link StateOperations#getClusterStatus}. */
    default CompletableFuture<ClusterStatus> getClusterStatus() {
        return perform(RayState.clusterStatus());
    }

    /** Asynchronous twin of {@link StateOperations#getVersion}. */
    default CompletableFuture<ClusterVersion> getVersion() {
        return perform(RayState.version());
    }
}
