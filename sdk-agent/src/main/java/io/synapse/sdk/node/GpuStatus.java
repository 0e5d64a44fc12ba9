package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of all nodes together. Immutable.
 *
 * @param nodes the GPUs of each node, including nodes without GPUs; empty if the server sends them in an unknown
 *     format, which is then in {@code additionalProperties}
 * @param additionalProperties fields unknown to this version, for instance an agent's totals
 */
public record GpuStatus(List<NodeGpus> nodes, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public GpuStatus {
        nodes = Copies.of(nodes);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** The GPUs of all nodes, node by node. */
    public List<Gpu> gpus() {
        return nodes.stream().flatMap(node -> node.gpus().stream()).toList();
    }
}
