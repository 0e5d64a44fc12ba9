package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.machine.Machine;
import io.synapse.sdk.embedded.internal.machine.MachineLoad;
import io.synapse.sdk.experiment.DeviceReport;
import io.synapse.sdk.experiment.GpuReport;
import io.synapse.sdk.node.NodeOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker reports of its machine. GPUs are read on a thread of their own, since a driver in trouble does not answer; no
 * report waits for it. Thread-safe.
 */
public final class MachineFigures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MachineFigures.class);
    private static final double BYTES_PER_GB = 1 << 30;
    private static final double PERCENT = 100;

    private final Machine machine;
    private final Path disk;
    private final Supplier<List<GpuFigures>> read;
    private final ScheduledThreadPoolExecutor reader =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("experiment-worker-gpus"));
    private volatile List<GpuFigures> gpus;

    private MachineFigures(Machine machine, Path disk, Supplier<List<GpuFigures>> read, Duration interval) {
        this.machine = machine;
        this.disk = disk;
        this.read = read;
        this.gpus = read.get();
        reader.scheduleWithFixedDelay(this::update, interval.toNanos(), interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Figures of this machine.
     *
     * @param disk a folder on the disk whose room is reported
     * @param interval between two readings of the GPUs
     */
    public static MachineFigures of(Path disk, Duration interval) {
        Machine machine = new Machine(disk.toString());
        return new MachineFigures(machine, disk, () -> GpuFigures.of(machine), interval);
    }

    /** Figures of this machine, with the GPUs of a cluster. */
    public static MachineFigures of(Path disk, Duration interval, NodeOperations cluster) {
        return new MachineFigures(new Machine(disk.toString()), disk, () -> GpuFigures.of(cluster), interval);
    }

    /** How many GPUs there are. */
    public int gpuCount() {
        return gpus.size();
    }

    /** The figures of this moment. */
    DeviceReport report(String host) {
        MachineLoad load = machine.load();
        double total = load.memory().totalBytes() / BYTES_PER_GB;
        DeviceReport report = DeviceReport.of(host)
                .cpuUtil(PERCENT * load.busyCpus() / load.cpus())
                .memoryTotal(total)
                .memoryUsed(total - load.memory().availableBytes() / BYTES_PER_GB);
        return withGpus(withDisk(report));
    }

    private DeviceReport withDisk(DeviceReport report) {
        try {
            return report.diskFree(Files.getFileStore(disk).getUsableSpace() / BYTES_PER_GB);
        } catch (IOException e) {
            LOG.debug("the room on the disk of {} is not known", disk, e);
            return report;
        }
    }

    private DeviceReport withGpus(DeviceReport report) {
        List<GpuFigures> now = gpus;
        DeviceReport all = report.gpuCount(now.size());
        if (now.isEmpty()) {
            return all;
        }
        all = all.gpuUtil(now.stream()
                        .mapToDouble(GpuFigures::utilization)
                        .average()
                        .orElse(0))
                .vramUsed(now.stream().mapToDouble(GpuFigures::used).sum())
                .vramTotal(now.stream().mapToDouble(GpuFigures::total).sum());
        var temperature = known(now, GpuFigures::temperature).max(Double::compare);
        all = temperature.isPresent() ? all.gpuTemperature(temperature.get()) : all;
        var power = known(now, GpuFigures::power).reduce(Double::sum);
        all = power.isPresent() ? all.gpuPowerUsage(power.get()) : all;
        for (GpuFigures gpu : now) {
            all = all.gpu(report(gpu));
        }
        return all;
    }

    private static Stream<Double> known(List<GpuFigures> gpus, Function<GpuFigures, @Nullable Double> figure) {
        return gpus.stream().map(figure).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private static GpuReport report(GpuFigures gpu) {
        GpuReport report = GpuReport.of(gpu.id())
                .name(gpu.name())
                .util(gpu.utilization())
                .vramUsed(gpu.used())
                .vramTotal(gpu.total());
        report = gpu.temperature() == null ? report : report.temperature(gpu.temperature());
        return gpu.power() == null ? report : report.powerUsage(gpu.power());
    }

    private void update() {
        try {
            gpus = read.get();
        } catch (RuntimeException e) {
            LOG.warn("the GPUs cannot be read", e);
        }
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
