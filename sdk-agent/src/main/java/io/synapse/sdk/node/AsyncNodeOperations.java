package io.synapse.sdk.node;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link NodeOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncNodeOperations extends AsyncPerformer {
    /**
     * All nodes, dead ones too for as long as the server remembers them.
     *
     * <p>Of a Ray cluster, 10,000 at most. Where there are more, or some could not be asked for, a warning is logged
     * ({@code io.synapse.sdk.state}); {@code RayClient.listNodes(StateQuery)} says it in its answer.
     *
     * @throws io.synapse.sdk.ServerException when a Ray cluster gives none and warns that this is not all
     */
    default CompletableFuture<List<Node>> listNodes() {
        return perform(NodeEndpoints.list());
    }

    /**
     * One node.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not an id, before anything is sent
     */
    default CompletableFuture<Node> getNode(String id) {
        return perform(NodeEndpoints.get(id));
    }

    /** The GPUs of all nodes together. */
    default CompletableFuture<GpuStatus> getGpuStatus() {
        return perform(NodeEndpoints.gpuStatus());
    }
}
