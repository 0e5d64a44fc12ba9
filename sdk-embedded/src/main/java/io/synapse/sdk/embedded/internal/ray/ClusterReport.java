package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.node.Gpu;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.node.NodeGpus;
import io.synapse.sdk.node.NodeState;
import io.synapse.sdk.ray.ClusterStatus;
import io.synapse.sdk.resources.ClusterResources;
import io.synapse.sdk.resources.GpuSummary;
import io.synapse.sdk.resources.NodeCounts;
import io.synapse.sdk.resources.NodeResources;
import io.synapse.sdk.resources.ResourceAmount;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has and uses (wire/agent.md, section 4), put together of what Ray says in several places.
 *
 * @param nodes its nodes, dead ones too
 * @param status what it has reserved
 * @param gpus what its GPUs do
 */
record ClusterReport(List<Node> nodes, ClusterStatus status, GpuStatus gpus) {
    private static final String ACCELERATOR = "accelerator_type:";
    private static final long BYTES_OF_MB = 1L << 20;

    /** All of it; how many Serve replicas there are is left out. */
    ClusterResources resources(Instant now, int runningJobs) {
        Map<String, ResourceAmount> usage = status.usage();
        return new ClusterResources(
                now,
                false,
                usage.get("CPU"),
                usage.get("memory"),
                usage.get("object_store_memory"),
                gpuSummary(),
                runningJobs,
                null,
                counts(),
                nodes.stream().map(this::node).toList(),
                Map.of());
    }

    private NodeCounts counts() {
        int alive = (int) nodes.stream().filter(ClusterReport::isAlive).count();
        return new NodeCounts(nodes.size(), alive, nodes.size() - alive, Map.of());
    }

    private static boolean isAlive(Node node) {
        return NodeState.ALIVE.equals(node.state());
    }

    private NodeResources node(Node node) {
        Map<String, ResourceAmount> usage = status.usageByNode().getOrDefault(node.nodeId(), Map.of());
        return new NodeResources(
                node.nodeId(),
                node.nodeName(),
                node.nodeIp(),
                node.isHeadNode(),
                node.state(),
                accelerator(node),
                usage.get("CPU"),
                usage.get("memory"),
                gpusOf(node),
                Map.of());
    }

    private List<Gpu> gpusOf(Node node) {
        return gpus.nodes().stream()
                .filter(each -> node.nodeId().equals(each.nodeId()))
                .map(NodeGpus::gpus)
                .findFirst()
                .orElse(List.of());
    }

    private static @Nullable String accelerator(Node node) {
        return node.resourcesTotal().keySet().stream()
                .filter(name -> name.startsWith(ACCELERATOR))
                .map(name -> name.substring(ACCELERATOR.length()))
                .findFirst()
                .orElse(null);
    }

    private GpuSummary gpuSummary() {
        ResourceAmount reserved = status.usage().get("GPU");
        DoubleSummaryStatistics busy = gpus.gpus().stream()
                .map(Gpu::utilizationGpu)
                .filter(Objects::nonNull)
                .collect(Collectors.summarizingDouble(Double::doubleValue));
        long total = megabytes(Gpu::memoryTotal);
        return new GpuSummary(
                (int) orZero(reserved == null ? null : reserved.total()),
                (int) orZero(reserved == null ? null : reserved.available()),
                total * BYTES_OF_MB,
                (total - megabytes(Gpu::memoryUsed)) * BYTES_OF_MB,
                busy.getCount() == 0 ? null : busy.getMax(),
                busy.getCount() == 0 ? null : busy.getAverage(),
                Map.of());
    }

    private long megabytes(Function<Gpu, @Nullable Long> amount) {
        return gpus.gpus().stream()
                .map(amount)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    private static double orZero(@Nullable Double amount) {
        return amount == null ? 0 : amount;
    }
}
