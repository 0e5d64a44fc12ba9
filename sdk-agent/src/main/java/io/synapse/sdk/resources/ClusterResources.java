package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a cluster and their use (wire/agent.md, section 4). All but the time may be absent. Immutable.
 *
 * @param collectedAt when the data was collected
 * @param stale whether the data is older than its time to live
 * @param cpu CPUs
 * @param memory memory, in bytes
 * @param objectStore object store, in bytes
 * @param gpu GPUs
 * @param runningJobs the number of running jobs
 * @param totalServeReplicas the number of Serve replicas
 * @param nodeCounts the number of nodes
 * @param nodes the resources of each node and their use
 * @param additionalProperties fields unknown to this version
 */
public record ClusterResources(
        @Nullable Instant collectedAt,
        @Nullable Boolean stale,
        @Nullable ResourceAmount cpu,
        @Nullable ResourceAmount memory,
        @Nullable ResourceAmount objectStore,
        @Nullable GpuSummary gpu,
        @Nullable Integer runningJobs,
        @Nullable Integer totalServeReplicas,
        @Nullable NodeCounts nodeCounts,
        List<NodeResources> nodes,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ClusterResources {
        nodes = Copies.of(nodes);
        additionalProperties = Copies.of(additionalProperties);
    }
}
