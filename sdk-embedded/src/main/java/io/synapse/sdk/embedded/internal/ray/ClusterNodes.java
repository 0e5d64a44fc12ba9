package io.synapse.sdk.embedded.internal.ray;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.backend.Nodes;
import io.synapse.sdk.embedded.internal.backend.RuntimePolicy;
import io.synapse.sdk.embedded.internal.machine.ResourceRequest;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.resources.ClusterResources;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The nodes of a cluster. What they use is what Ray has reserved, not what is measured. */
final class ClusterNodes implements Nodes {
    private final Cluster cluster;
    private final Supplier<RuntimePolicy> policy;
    private final Clock clock;
    private final Object collecting = new Object();
    private @Nullable ClusterResources latest;

    ClusterNodes(Cluster cluster, Supplier<RuntimePolicy> policy, Clock clock) {
        this.cluster = cluster;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public List<Map<String, @Nullable Object>> list() {
        return cluster.ask(client -> client.listNodes()).stream()
                .map(ClusterNodes::document)
                .toList();
    }

    @Override
    public Map<String, @Nullable Object> get(String id) {
        return document(cluster.ask(client -> client.getNode(id)));
    }

    @Override
    public Map<String, @Nullable Object> gpuStatus() {
        return Documents.of(cluster.ask(RayClient::getGpuStatus));
    }

    @Override
    public Map<String, @Nullable Object> clusterResources(boolean useCache) {
        ClusterResources resources = resources(useCache);
        Map<String, @Nullable Object> document = Documents.of(resources);
        document.put("collected_at", String.valueOf(resources.collectedAt()));
        return document;
    }

    @Override
    public Map<String, Object> feasibility(JsonNode request) {
        ResourceRequest wanted = ResourceRequest.parse(request);
        return cluster.ask(client -> new ClusterFit(client.listNodes(), client.getClusterStatus(), wanted).answer());
    }

    /** Agents say it in either way, and their clients may look at either. */
    private static Map<String, @Nullable Object> document(Node node) {
        Map<String, @Nullable Object> document = Documents.of(node);
        document.put("alive", NodeState.ALIVE.equals(node.state()));
        return document;
    }

    private ClusterResources resources(boolean useCache) {
        synchronized (collecting) { // those who ask at the same time share one collection
            ClusterResources known = latest;
            if (useCache && known != null && isFresh(known)) {
                return known;
            }
            ClusterResources collected = cluster.ask(this::collect);
            latest = collected;
            return collected;
        }
    }

    private ClusterResources collect(RayClient client) {
        Instant now = clock.instant();
        long running = client.listJobs().stream()
                .filter(job -> job.status().equals(JobStatus.RUNNING))
                .count();
        return new ClusterReport(client.listNodes(), client.getClusterStatus(), client.getGpuStatus())
                .resources(now, (int) running);
    }

    private boolean isFresh(ClusterResources known) {
        Instant collected = known.collectedAt();
        Duration age = collected == null ? Duration.ZERO : Duration.between(collected, clock.instant());
        return !age.isNegative() && age.compareTo(policy.get().resourceCacheTime()) < 0;
    }
}
