package io.synapse.sdk.resources;

import io.synapse.sdk.Performer;

/** Operations on the resources of a cluster and the limits on their use. */
public interface ResourceOperations extends Performer {
    /**
     * The resources of the cluster and their use, from a cache (see {@link RuntimePolicy#resourceCacheTtlSeconds()}).
     */
    default ClusterResources getClusterResources() {
        return perform(ResourceEndpoints.cluster(true));
    }

    /**
     * The resources of the cluster and their use.
     *
     * @param useCache whether cached data is acceptable
     */
    default ClusterResources getClusterResources(boolean useCache) {
        return perform(ResourceEndpoints.cluster(useCache));
    }

    /** Whether a workload could run now. Starts and reserves nothing. */
    default Feasibility checkFeasibility(FeasibilityRequest request) {
        return perform(ResourceEndpoints.feasibility(request));
    }

    /** The limits that the agent enforces. */
    default RuntimePolicy getRuntimePolicy() {
        return perform(ResourceEndpoints.policy());
    }

    /**
     * Changes some of the limits that the agent enforces, at once.
     *
     * @return the complete changed policy
     * @throws io.synapse.sdk.BadRequestException when a value is out of its range
     */
    default RuntimePolicy updateRuntimePolicy(RuntimePolicyUpdate update) {
        return perform(ResourceEndpoints.update(update));
    }
}
