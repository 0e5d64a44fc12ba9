package io.synapse.sdk.resources;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the blocking and the asynchronous resource operations send (wire/agent.md, section 4). */
final class ResourceEndpoints {
    private static final String POLICY = "resources/policy/";

    private ResourceEndpoints() {}

    static Operation<ClusterResources> cluster(boolean useCache) {
        return Endpoint.get("resources/cluster/", ClusterResources.class).query("use_cache", useCache);
    }

    /** Every field is sent, also those that are null: the published client does so too. */
    static Operation<Feasibility> feasibility(FeasibilityRequest request) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("kind", request.kind());
        body.put("num_cpus", request.numCpus());
        body.put("num_gpus", request.numGpus());
        body.put("memory_bytes", request.memoryBytes());
        body.put("replicas", request.replicas());
        body.put("metadata", request.metadata());
        return Endpoint.post("resources/feasibility/", Feasibility.class).json(body);
    }

    static Operation<RuntimePolicy> policy() {
        return Endpoint.get(POLICY, RuntimePolicy.class);
    }

    static Operation<RuntimePolicy> update(RuntimePolicyUpdate update) {
        return Endpoint.patch(POLICY, RuntimePolicy.class).json(update.changes());
    }
}
