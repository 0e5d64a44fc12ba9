package io.synapse.sdk.ray.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.task.Task;
import java.util.List;

/** Nodes, tasks and actors in the words of Ray's state API (wire/ray.md, section 2). */
final class RayState {
    private RayState() {}

    static Operation<List<Node>> listNodes() {
        throw new UnsupportedOperationException();
    }

    static Operation<Node> getNode(String id) {
        throw new UnsupportedOperationException();
    }

    static Operation<GpuStatus> gpuStatus() {
        return Endpoint.get("nodes", GpuStatus.class).query("view", "summary");
    }

    static Operation<List<Task>> listTasks() {
        throw new UnsupportedOperationException();
    }

    static Operation<Task> getTask(String id) {
        throw new UnsupportedOperationException();
    }
}
