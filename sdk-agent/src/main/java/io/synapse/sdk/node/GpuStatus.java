package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of all nodes together. Immutable.
 *
 * @param nodes the GPUs of each node, of those without any too; empty if the server says it in a way that this version
 *     does not know, which is then in {@code additionalProperties}
 * @param additionalProperties fields that this version does not know: an agent's totals, for instance
 */
public record GpuStatus(List<NodeGpus> nodes, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public GpuStatus {
        nodes = Copies.of(nodes);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** The GPUs of all nodes, node by node. */
    public List<Gpu> gpus() {
        return nodes.stream().flatMap(node -> node.gpus().stream()).toList();
    }
}
