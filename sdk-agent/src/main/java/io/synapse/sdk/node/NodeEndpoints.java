package io.synapse.sdk.node;

import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Dialect;
import java.util.List;

/** What the blocking and the asynchronous node operations send. */
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
