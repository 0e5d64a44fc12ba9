package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.embedded.internal.machine.ResourceRequest;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.ray.ClusterStatus;
import io.synapse.sdk.resources.ResourceAmount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a cluster could run something at once. Each replica must fit into what is free on one node; nodes that an
 * autoscaler might start do not count, nor does that Ray would let it wait.
 *
 * @param nodes the nodes of the cluster, dead ones too
 * @param status what they have and use
 * @param wanted what is to run
 */
record ClusterFit(List<Node> nodes, ClusterStatus status, ResourceRequest wanted) {
    /** The answer to {@code resources/feasibility/}, with the fields of an agent that runs jobs itself. */
    Map<String, Object> answer() {
        List<Map<String, ResourceAmount>> alive = nodes.stream()
                .filter(node -> NodeState.ALIVE.equals(node.state()))
                .map(node -> status.usageByNode().getOrDefault(node.nodeId(), Map.of()))
                .toList();
        boolean runnable = wanted.kind() != ResourceRequest.Kind.CONTAINER;
        double fitting = runnable ? alive.stream().mapToDouble(this::replicas).sum() : 0;
        int replicas = (int) Math.min(wanted.replicas(), fitting);
        List<String> reasons = new ArrayList<>();
        if (!runnable) {
            reasons.add("this agent has jobs run on a Ray cluster and starts no containers");
        } else if (replicas < wanted.replicas()) {
            reasons.add("there is room for " + replicas + " of " + wanted.replicas()
                    + " on the nodes of the cluster as they are used now");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("feasible", reasons.isEmpty());
        answer.put("allowed", reasons.isEmpty());
        answer.put("reasons", reasons);
        answer.put("feasible_replicas", replicas);
        answer.put(
                "required",
                resources(
                        wanted.cpus() * wanted.replicas(),
                        wanted.gpus() * wanted.replicas(),
                        (double) wanted.memoryBytes() * wanted.replicas()));
        answer.put("available", resources(free(alive, "CPU"), free(alive, "GPU"), free(alive, "memory")));
        return answer;
    }

    private double replicas(Map<String, ResourceAmount> node) {
        return Math.min(
                fitting(free(node, "CPU"), wanted.cpus()),
                Math.min(
                        fitting(free(node, "GPU"), wanted.gpus()),
                        fitting(free(node, "memory"), wanted.memoryBytes())));
    }

    private static double fitting(double free, double each) {
        return each == 0 ? Double.POSITIVE_INFINITY : Math.floor(free / each);
    }

    private static double free(List<Map<String, ResourceAmount>> nodes, String resource) {
        return nodes.stream().mapToDouble(node -> free(node, resource)).sum();
    }

    private static double free(Map<String, ResourceAmount> node, String resource) {
        ResourceAmount amount = node.get(resource);
        Double free = amount == null ? null : amount.available();
        return free == null ? 0 : free;
    }

    private static Map<String, Object> resources(double cpus, double gpus, double memoryBytes) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("num_cpus", cpus);
        resources.put("num_gpus", gpus);
        resources.put("memory_bytes", (long) memoryBytes);
        return resources;
    }
}
