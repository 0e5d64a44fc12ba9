package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.embedded.internal.machine.Gpu;
import io.synapse.sdk.embedded.internal.machine.Machine;
import io.synapse.sdk.node.NodeOperations;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A GPU as a worker reports it.
 *
 * @param id its number, from 0
 * @param name its model
 * @param utilization in percent
 * @param used memory in GB
 * @param total memory in GB
 * @param temperature in °C; null when it is not known
 * @param power in W; null when it is not known
 */
record GpuFigures(
        int id,
        String name,
        double utilization,
        double used,
        double total,
        @Nullable Double temperature,
        @Nullable Double power) {
    private static final Logger LOG = LoggerFactory.getLogger(GpuFigures.class);
    private static final double MIB_PER_GB = 1024;

    /** Those of this machine. */
    static List<GpuFigures> of(Machine machine) {
        return machine.gpus().stream().map(GpuFigures::of).toList();
    }

    private static GpuFigures of(Gpu gpu) {
        return new GpuFigures(
                gpu.index(),
                gpu.name(),
                Objects.requireNonNullElse(gpu.utilizationPercent(), 0.0),
                gigabytes(gpu.memoryUsedMib()),
                gigabytes(gpu.memoryTotalMib()),
                gpu.temperature(),
                gpu.power());
    }

    /** Those of all nodes of a cluster, counted from 0: which of them a job gets is for the cluster to say. */
    static List<GpuFigures> of(NodeOperations cluster) {
        try {
            List<io.synapse.sdk.node.Gpu> gpus = cluster.getGpuStatus().gpus();
            return IntStream.range(0, gpus.size())
                    .mapToObj(number -> of(number, gpus.get(number)))
                    .toList();
        } catch (ClientException e) {
            LOG.warn("the GPUs of the cluster are not reported: {}", e.getMessage());
            return List.of();
        }
    }

    private static GpuFigures of(int number, io.synapse.sdk.node.Gpu gpu) {
        return new GpuFigures(
                number,
                Objects.requireNonNullElse(gpu.name(), ""),
                Objects.requireNonNullElse(gpu.utilizationGpu(), 0.0),
                gigabytes(gpu.memoryUsed()),
                gigabytes(gpu.memoryTotal()),
                null,
                null);
    }

    private static double gigabytes(@Nullable Long mib) {
        return mib == null ? 0 : mib / MIB_PER_GB;
    }
}
