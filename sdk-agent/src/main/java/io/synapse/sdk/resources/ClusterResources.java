package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has and uses (wire/agent.md, section 4). All but the time may be absent. Immutable.
 *
 * @param collectedAt when this was found out
 * @param stale whether it is older than it should be
 * @param cpu CPUs
 * @param memory memory, in bytes
 * @param objectStore object store, in bytes
 * @param gpu GPUs
 * @param runningJobs jobs that run
 * @param totalServeReplicas Serve replicas there are
 * @param nodeCounts how many nodes there are
 * @param nodes what each node has and uses
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    public ClusterResources {
        nodes = Copies.of(nodes);
        additionalProperties = Copies.of(additionalProperties);
    }
}
