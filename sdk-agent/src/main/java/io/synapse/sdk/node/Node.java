package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine of a cluster. Fields that the server omits are null or empty. Immutable.
 *
 * @param nodeId its id; empty if the server sends none
 * @param state its state
 * @param alive whether it is alive, if the server sends this field
 * @param nodeIp its address
 * @param nodeName its name
 * @param isHeadNode whether it is the head of the cluster
 * @param stateMessage the reason for its state; null for most nodes that are alive
 * @param resourcesTotal its resources by name: CPU, GPU, memory (bytes) and others
 * @param labels its labels
 * @param startTimeMs when it joined
 * @param endTimeMs when it left; null while it is alive. Up to 30 s late for a node that failed
 * @param additionalProperties fields unknown to this version
 */
public record Node(
        String nodeId,
        @Nullable NodeState state,
        @Nullable Boolean alive,
        @Nullable String nodeIp,
        @Nullable String nodeName,
        @Nullable Boolean isHeadNode,
        @Nullable String stateMessage,
        Map<String, Double> resourcesTotal,
        Map<String, String> labels,
        @Nullable Instant startTimeMs,
        @Nullable Instant endTimeMs,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Node {
        nodeId = nodeId == null ? "" : nodeId;
        resourcesTotal = Copies.of(resourcesTotal);
        labels = Copies.of(labels);
        additionalProperties = Copies.of(additionalProperties);
    }
}
