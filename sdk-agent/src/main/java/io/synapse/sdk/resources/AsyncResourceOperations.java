package io.synapse.sdk.resources;

import io.synapse.sdk.AsyncPerformer;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link ResourceOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncResourceOperations extends AsyncPerformer {
    /** What the cluster has and uses, perhaps a few seconds old (the policy says how many). */
    default CompletableFuture<ClusterResources> getClusterResources() {
        return perform(ResourceEndpoints.cluster(true));
    }

    /**
     * What the cluster has and uses.
     *
     * @param useCache whether an answer a few seconds old will do
     */
    default CompletableFuture<ClusterResources> getClusterResources(boolean useCache) {
        return perform(ResourceEndpoints.cluster(useCache));
    }

    /** Whether something could run now: a dry run, nothing is started or reserved. */
    default CompletableFuture<Feasibility> checkFeasibility(FeasibilityRequest request) {
        return perform(ResourceEndpoints.feasibility(request));
    }

    /** What the agent allows to run. */
    default CompletableFuture<RuntimePolicy> getRuntimePolicy() {
        return perform(ResourceEndpoints.policy());
    }

    /**
     * Changes some of what the agent allows to run, at once.
     *
     * @return the whole policy as it is now
     * @throws io.synapse.sdk.BadRequestException when a value is out of its range
     */
    default CompletableFuture<RuntimePolicy> updateRuntimePolicy(RuntimePolicyUpdate update) {
        return perform(ResourceEndpoints.update(update));
    }
}
