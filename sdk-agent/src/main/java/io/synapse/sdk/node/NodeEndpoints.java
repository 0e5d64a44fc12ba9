package io.synapse.sdk.node;

import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Dialect;
import java.util.List;

/** The requests of the blocking and the asynchronous node operations. */
final class NodeEndpoints {
    private NodeEndpoints() {}

    static Operation<List<Node>> list() {
        return Operation.forDialect(Dialect.class, Dialect::listNodes);
    }

    static Operation<Node> get(String id) {
        return Operation.forDialect(Dialect.class, dialect -> dialect.getNode(dialect.checkedId("node", id)));
    }

    static Operation<GpuStatus> gpuStatus() {
        return Operation.forDialect(Dialect.class, Dialect::getGpuStatus);
    }
}
