package io.synapse.sdk.resources;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;

/** The requests of the blocking and the asynchronous resource operations (wire/agent.md, section 4). */
final class ResourceEndpoints {
    private static final String POLICY = "resources/policy/";

    private ResourceEndpoints() {}

    static Operation<ClusterResources> cluster(boolean useCache) {
        return Endpoint.get("resources/cluster/", ClusterResources.class).query("use_cache", useCache);
    }

    static Operation<Feasibility> feasibility(FeasibilityRequest request) {
        return Endpoint.post("resources/feasibility/", Feasibility.class).json(request.body());
    }

    static Operation<RuntimePolicy> policy() {
        return Endpoint.get(POLICY, RuntimePolicy.class);
    }

    static Operation<RuntimePolicy> update(RuntimePolicyUpdate update) {
        return Endpoint.patch(POLICY, RuntimePolicy.class).json(update.changes());
    }
}
