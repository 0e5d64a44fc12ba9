package io.synapse.sdk.resources;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.node.Gpu;
import io.synapse.sdk.node.NodeState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one node and their use. Immutable.
 *
 * @param nodeId its id
 * @param hostName its host name
 * @param ip its address
 * @param isHeadNode whether it is the head of the cluster
 * @param state its state
 * @param acceleratorType the type of its accelerators
 * @param cpu its CPUs
 * @param memory its memory, in bytes
 * @param gpus its GPUs
 * @param additionalProperties fields unknown to this version
 */
public record NodeResources(
        @Nullable String nodeId,
        @Nullable String hostName,
        @Nullable String ip,
        @Nullable Boolean isHeadNode,
        @Nullable NodeState state,
        @Nullable String acceleratorType,
        @Nullable ResourceAmount cpu,
        @Nullable ResourceAmount memory,
        List<Gpu> gpus,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public NodeResources {
        gpus = Copies.of(gpus);
        additionalProperties = Copies.of(additionalProperties);
    }
}
