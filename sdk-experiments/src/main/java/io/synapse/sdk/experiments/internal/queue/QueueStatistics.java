package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.experiments.internal.device.Device;
import io.synapse.sdk.experiments.internal.device.Devices;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers of the queue and its machines. Thread-safe. */
public final class QueueStatistics {
    private static final double MILLIS_PER_MINUTE = 60_000;

    private final JobQueries jobs;
    private final Devices devices;

    /** The numbers of these. */
    public QueueStatistics(JobQueries jobs, Devices devices) {
        this.jobs = jobs;
        this.devices = devices;
    }

    /** As clients see them. Workers do not report cores of processors, of which there are 0. */
    public Map<String, @Nullable Object> document() {
        Map<String, Long> counts = jobs.counts();
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put(
                "total_jobs", counts.values().stream().mapToLong(each -> each).sum());
        for (JobStatus status : JobStatus.values()) {
            document.put(status.word() + "_jobs", counts.getOrDefault(status.word(), 0L));
        }
        Collection<Device> known = devices.all();
        document.put("total_cpu_cores", 0);
        document.put("used_cpu_cores", 0);
        document.put("total_memory_gb", sum(known, "memory_total"));
        document.put("used_memory_gb", sum(known, "memory_used"));
        document.put(
                "total_gpu_count",
                known.stream().mapToInt(device -> device.beat().gpus().size()).sum());
        document.put("used_gpu_count", jobs.heldGpus());
        Map<String, @Nullable Double> durations = jobs.durations();
        document.put("avg_queue_time_minutes", minutes(durations.get("queued")));
        document.put("avg_execution_time_minutes", minutes(durations.get("ran")));
        document.put("longest_running_job_minutes", minutes(durations.get("longest")));
        return document;
    }

    private static double sum(Collection<Device> known, String field) {
        return known.stream().mapToDouble(device -> device.beat().number(field)).sum();
    }

    private static @Nullable Double minutes(@Nullable Double millis) {
        return millis == null ? null : millis / MILLIS_PER_MINUTE;
    }
}
