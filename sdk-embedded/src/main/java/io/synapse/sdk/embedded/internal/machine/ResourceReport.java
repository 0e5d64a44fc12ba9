package io.synapse.sdk.embedded.internal.machine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the agent answers about nodes, GPUs and cluster resources (wire/agent.md section 4), for the cluster that
 * consists of this machine. Safe for use by several threads; those who ask at the same time share one measurement.
 */
public final class ResourceReport {
    private final Machine machine;
    private final Clock clock;
    private final Object measuring = new Object();
    private @Nullable Snapshot latest;

    /**
     * @param machine what is reported
     * @param clock dates the measurements
     */
    public ResourceReport(Machine machine, Clock clock) {
        this.machine = machine;
        this.clock = clock;
    }

    private record Snapshot(Instant collectedAt, MachineLoad load, List<Gpu> gpus) {
        boolean isFresh(Instant now, Duration timeToLive) {
            Duration age = Duration.between(collectedAt, now);
            // A clock set back makes the age negative; such a measurement would otherwise stay fresh for long.
            return !age.isNegative() && age.compareTo(timeToLive) < 0;
        }
    }

    /** This machine, as {@code nodes/} lists it. */
    public Map<String, Object> node() {
        return JsonObject.from(machine.identity().toJson())
                .with("node_ip", machine.identity().ip())
                .with("node_name", machine.identity().hostName())
                .with("alive", true)
                .with("resources_total", resourcesTotal())
                .with("labels", labels())
                .fields();
    }

    /** The GPUs of all nodes, with a summary, for {@code gpu_status/}. */
    public Map<String, Object> gpuStatus() {
        List<Gpu> gpus = snapshot(false, Duration.ZERO).gpus();
        Map<String, Object> node = JsonObject.of("node_id", machine.identity().id())
                .with("host_name", machine.identity().hostName())
                .with("gpus", devices(gpus))
                .fields();
        return JsonObject.from(summary(gpus)).with("nodes", List.of(node)).fields();
    }

    /**
     * The answer to {@code resources/cluster/}.
     *
     * @param useCache whether a measurement younger than {@code timeToLive} will do
     * @param timeToLive how long a measurement may be used; zero means never
     * @param runningJobs how many jobs run, as the caller counts them
     */
    public Map<String, Object> clusterResources(boolean useCache, Duration timeToLive, int runningJobs) {
        Snapshot snapshot = snapshot(useCache, timeToLive);
        return JsonObject.of("collected_at", snapshot.collectedAt().toString())
                .with("stale", false) // an expired measurement is taken anew, never served
                .with("cpu", cpu(snapshot.load()))
                .with("memory", memory(snapshot.load()))
                .with("gpu", summary(snapshot.gpus()))
                .with("running_jobs", runningJobs)
                .with("total_serve_replicas", 0)
                .with(
                        "node_counts",
                        JsonObject.of("total", 1)
                                .with("alive", 1)
                                .with("dead", 0)
                                .fields())
                .with("nodes", List.of(nodeResources(snapshot)))
                .fields();
    }

    private Snapshot snapshot(boolean useCache, Duration timeToLive) {
        synchronized (measuring) {
            Snapshot known = latest;
            if (useCache && known != null && known.isFresh(clock.instant(), timeToLive)) {
                return known;
            }
            Snapshot measured = new Snapshot(clock.instant(), machine.load(), machine.gpus());
            latest = measured;
            return measured;
        }
    }

    private Map<String, Object> nodeResources(Snapshot snapshot) {
        return JsonObject.from(machine.identity().toJson())
                .with("accelerator_type", acceleratorType(snapshot.gpus()))
                .with("cpu", cpu(snapshot.load()))
                .with("memory", memory(snapshot.load()))
                .with("gpus", devices(snapshot.gpus()))
                .fields();
    }

    private static @Nullable String acceleratorType(List<Gpu> gpus) {
        return gpus.isEmpty() ? null : gpus.get(0).name();
    }

    /** As Ray says it: no GPU entry on a node without one. */
    private Map<String, Object> resourcesTotal() {
        MachineLoad load = machine.load();
        int gpus = machine.gpuCount();
        return JsonObject.of("CPU", (double) load.cpus())
                .with("memory", (double) load.memory().totalBytes())
                .with("GPU", gpus == 0 ? null : (double) gpus)
                .fields();
    }

    private static Map<String, Object> labels() {
        return JsonObject.of("os", System.getProperty("os.name").toLowerCase(Locale.ROOT))
                .with("arch", System.getProperty("os.arch"))
                .fields();
    }

    private static Map<String, Object> cpu(MachineLoad load) {
        return counter(load.cpus(), load.cpus() - load.busyCpus());
    }

    private static Map<String, Object> memory(MachineLoad load) {
        return counter(load.memory().totalBytes(), load.memory().availableBytes());
    }

    private static Map<String, Object> counter(double total, double available) {
        return JsonObject.of("total", total)
                .with("used", total - available)
                .with("available", available)
                .fields();
    }

    private static Map<String, Object> summary(List<Gpu> gpus) {
        DoubleSummaryStatistics utilization = gpus.stream()
                .map(Gpu::utilizationPercent)
                .filter(Objects::nonNull)
                .collect(Collectors.summarizingDouble(Double::doubleValue));
        boolean known = gpus.isEmpty() || utilization.getCount() > 0;
        return JsonObject.of("total_gpus", gpus.size())
                .with("available_gpus", (int) gpus.stream().filter(Gpu::isFree).count())
                .with("total_memory_bytes", sum(gpus, Gpu::memoryTotalBytes))
                .with("available_memory_bytes", sum(gpus, Gpu::memoryAvailableBytes))
                .with("max_utilization", known ? Math.max(0, utilization.getMax()) : null)
                .with("avg_utilization", known ? utilization.getAverage() : null)
                .fields();
    }

    private static long sum(List<Gpu> gpus, ToLongFunction<Gpu> bytes) {
        return gpus.stream().mapToLong(bytes).sum();
    }

    private static List<Map<String, Object>> devices(List<Gpu> gpus) {
        return gpus.stream().map(Gpu::toJson).toList();
    }
}
