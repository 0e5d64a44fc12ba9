package io.synapse.sdk.node;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link NodeOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncNodeOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link NodeOperations#listNodes}. */
    default CompletableFuture<List<Node>> listNodes() {
        return perform(NodeEndpoints.list());
    }

    /** Asynchronous twin of {@link NodeOperations#getNode}. */
    default CompletableFuture<Node> getNode(String id) {
        return perform(NodeEndpoints.get(id));
    }

    /** Asynchronous twin of {@link NodeOperations#getGpuStatus}. */
    default CompletableFuture<GpuStatus> getGpuStatus() {
        return perform(NodeEndpoints.gpuStatus());
    }
}
