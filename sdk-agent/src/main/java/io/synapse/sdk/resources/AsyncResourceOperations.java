package io.synapse.sdk.resources;

import io.synapse.sdk.AsyncPerformer;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link ResourceOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncResourceOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link ResourceOperations#getClusterResources()}. */
    default CompletableFuture<ClusterResources> getClusterResources() {
        return perform(ResourceEndpoints.cluster(true));
    }

    /** Asynchronous twin of {@link ResourceOperations#getClusterResources(boolean)}. */
    default CompletableFuture<ClusterResources> getClusterResources(boolean useCache) {
        return perform(ResourceEndpoints.cluster(useCache));
    }

    /** Asynchronous twin of {@link ResourceOperations#checkFeasibility}. */
    default CompletableFuture<Feasibility> checkFeasibility(FeasibilityRequest request) {
        return perform(ResourceEndpoints.feasibility(request));
    }

    /** Asynchronous twin of {@link ResourceOperations#getRuntimePolicy}. */
    default CompletableFuture<RuntimePolicy> getRuntimePolicy() {
        return perform(ResourceEndpoints.policy());
    }

    /** Asynchronous twin of {@link ResourceOperations#updateRuntimePolicy}. */
    default CompletableFuture<RuntimePolicy> updateRuntimePolicy(RuntimePolicyUpdate update) {
        return perform(ResourceEndpoints.update(update));
    }
}
