package io.synapse.sdk.embedded.internal.machine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One GPU at one moment.
 *
 * @param index its number on this machine, from 0
 * @param name model, such as {@code NVIDIA A100-SXM4-80GB}
 * @param uuid stays with the card
 * @param utilizationPercent 0 to 100; null when the driver does not say
 * @param memoryUsedMib null when the driver does not say
 * @param memoryTotalMib null when the driver does not say
 * @param temperature in °C; null when the driver does not say
 * @param power what it draws, in W; null when the driver does not say
 * @param processes the processes that compute on it
 */
public record Gpu(
        int index,
        String name,
        String uuid,
        @Nullable Double utilizationPercent,
        @Nullable Long memoryUsedMib,
        @Nullable Long memoryTotalMib,
        @Nullable Double temperature,
        @Nullable Double power,
        List<Process> processes) {
    private static final long BYTES_PER_MIB = 1024L * 1024L;

    public Gpu {
        processes = List.copyOf(processes);
    }

    /** Whether no process computes on it. */
    public boolean isFree() {
        return processes.isEmpty();
    }

    long memoryTotalBytes() {
        return memoryTotalMib == null ? 0 : memoryTotalMib * BYTES_PER_MIB;
    }

    long memoryAvailableBytes() {
        return memoryTotalMib == null || memoryUsedMib == null ? 0 : (memoryTotalMib - memoryUsedMib) * BYTES_PER_MIB;
    }

    Map<String, Object> toJson() {
        return JsonObject.of("index", index)
                .with("name", name)
                .with("uuid", uuid)
                .with("utilization_gpu", utilizationPercent)
                .with("memory_used", memoryUsedMib)
                .with("memory_total", memoryTotalMib)
                .with("processes_pids", processesByPid())
                .with("memory_used_ratio", memoryUsedRatio())
                .fields();
    }

    private @Nullable Double memoryUsedRatio() {
        return memoryUsedMib == null || memoryTotalMib == null || memoryTotalMib == 0
                ? null
                : (double) memoryUsedMib / memoryTotalMib;
    }

    /** An object with the process ids as its names, as Ray reports them. */
    private Map<String, Object> processesByPid() {
        JsonObject byPid = JsonObject.empty();
        for (Process process : processes) {
            byPid.with(Long.toString(process.pid), process.toJson());
        }
        return byPid.fields();
    }

    /**
     * A process that computes on a GPU.
     *
     * @param pid its number as this machine counts
     * @param memoryMib GPU memory it holds; null when the driver does not say
     */
    public record Process(long pid, @Nullable Long memoryMib) {
        private Map<String, Object> toJson() {
            return JsonObject.of("pid", pid).with("gpu_memory_usage", memoryMib).fields();
        }
    }
}
