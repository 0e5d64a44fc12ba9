package io.synapse.sdk.node;

import io.synapse.sdk.Performer;
import java.util.List;

/** Nodes: the machines of a cluster. */
public interface NodeOperations extends Performer {
    /**
     * All nodes, including dead ones that the server still lists.
     *
     * <p>On Ray, at most 10,000. If there are more, or some cannot be listed, a warning is logged
     * ({@code io.synapse.sdk.state}); {@code RayClient.listNodes(StateQuery)} returns this information.
     *
     * @throws io.synapse.sdk.ServerException when a Ray cluster returns none and warns that the list is incomplete
     */
    default List<Node> listNodes() {
        return perform(NodeEndpoints.list());
    }

    /**
     * One node.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id; nothing is sent then
     */
    default Node getNode(String id) {
        return perform(NodeEndpoints.get(id));
    }

    /** The GPUs of all nodes together. */
    default GpuStatus getGpuStatus() {
        return perform(NodeEndpoints.gpuStatus());
    }
}
