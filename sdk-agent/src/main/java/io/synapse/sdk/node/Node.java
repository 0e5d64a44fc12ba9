package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine of a cluster, as the server describes it. What a server leaves out is null or empty. Immutable.
 *
 * @param nodeId its id; empty if the server says none
 * @param state whether it is there
 * @param alive whether it is there, of servers that say it this way
 * @param nodeIp its address
 * @param nodeName its name
 * @param isHeadNode whether it is the head of the cluster
 * @param stateMessage why it is in this state, in words; null for most nodes that are there
 * @param resourcesTotal what it has, by name: CPU, GPU, memory (bytes) and others
 * @param labels its labels
 * @param startTimeMs when it joined
 * @param endTimeMs when it left; null while it is there. Of one that died without a word, up to 30 s late
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Node {
        nodeId = nodeId == null ? "" : nodeId;
        resourcesTotal = Copies.of(resourcesTotal);
        labels = Copies.of(labels);
        additionalProperties = Copies.of(additionalProperties);
    }
}
