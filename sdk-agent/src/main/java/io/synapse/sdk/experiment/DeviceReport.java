package io.synapse.sdk.experiment;

import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker reports of its machine, every 3 s (wire/experiments.md, section 3). Each report replaces all fields of the
 * one before. Immutable: each setter returns a modified copy.
 */
public final class DeviceReport extends ValueObject {
    private static final Key<String> HOST = new Key<>("host_id", "");
    private static final Key<List<Map<String, @Nullable Object>>> GPUS = new Key<>("gpus", List.of());

    private DeviceReport(Attributes attributes) {
        super(attributes);
    }

    /**
     * A report without numbers.
     *
     * @throws io.synapse.sdk.BadRequestException when the id of the machine is not a valid name
     */
    public static DeviceReport of(String hostId) {
        return new DeviceReport(Attributes.NONE.with(HOST, ExperimentNames.check("host", hostId)));
    }

    /** The machine. */
    public String hostId() {
        return attributes.get(HOST);
    }

    /** Sets the use of the GPUs, in percent. */
    public DeviceReport gpuUtil(double percent) {
        return field("gpu_util", percent);
    }

    /** Sets the memory of the GPUs in use, in GB. */
    public DeviceReport vramUsed(double gigabytes) {
        return field("vram_used", gigabytes);
    }

    /** Sets the memory of the GPUs, in GB. */
    public DeviceReport vramTotal(double gigabytes) {
        return field("vram_total", gigabytes);
    }

    /** Sets the temperature of the GPUs, in °C. */
    public DeviceReport gpuTemperature(double celsius) {
        return field("gpu_temperature", celsius);
    }

    /** Sets the power of the GPUs, in W. */
    public DeviceReport gpuPowerUsage(double watts) {
        return field("gpu_power_usage", watts);
    }

    /** Sets the number of GPUs. */
    public DeviceReport gpuCount(int count) {
        return field("gpu_count", count);
    }

    /** Sets the use of the CPU, in percent. */
    public DeviceReport cpuUtil(double percent) {
        return field("cpu_util", percent);
    }

    /** Sets the memory in use, in GB. */
    public DeviceReport memoryUsed(double gigabytes) {
        return field("memory_used", gigabytes);
    }

    /** Sets the memory, in GB. */
    public DeviceReport memoryTotal(double gigabytes) {
        return field("memory_total", gigabytes);
    }

    /** Sets the free disk space, in GB. */
    public DeviceReport diskFree(double gigabytes) {
        return field("disk_free", gigabytes);
    }

    /** Sets the version of PyTorch. */
    public DeviceReport torchVersion(String version) {
        return field("torch_version", version);
    }

    /** Sets the version of CUDA. */
    public DeviceReport cudaVersion(String version) {
        return field("cuda_version", version);
    }

    /** Adds a GPU. */
    public DeviceReport gpu(GpuReport gpu) {
        List<Map<String, @Nullable Object>> more = new ArrayList<>(attributes.get(GPUS));
        more.add(gpu.properties());
        return new DeviceReport(attributes.with(GPUS, more));
    }

    /**
     * Sets the jobs that the machine runs. A report that says nothing of them leads to no conclusion at a server of this
     * project; the original takes it for a machine that runs none, and marks its jobs as crashed.
     */
    public DeviceReport activeJobs(List<String> uids) {
        return field("active_jobs", List.copyOf(uids));
    }

    /** Sets whether the worker can suspend a job that runs. Without it, a server of this project pauses none of them. */
    public DeviceReport canPause(boolean can) {
        return field("can_pause", can);
    }

    /**
     * Sets whether the worker can check configurations, see {@link ConfigOperations#validateConfig(String, String)}
     * (wire/experiments.md, section 16).
     */
    public DeviceReport canValidate(boolean can) {
        return field("can_validate", can);
    }

    /**
     * Sets what tells the worker from others. While one reports, a server of this project refuses another under the same id of the
     * machine, with a {@link io.synapse.sdk.ConflictException}.
     */
    public DeviceReport workerId(String id) {
        return field("worker_id", id);
    }

    /** Sets which of the jobs are suspended now. */
    public DeviceReport pausedJobs(List<String> uids) {
        return field("paused_jobs", List.copyOf(uids));
    }

    /**
     * Sets the jobs that the machine runs, as {@link #activeJobs}, and which attempts they are (wire/experiments.md,
     * section 16). A server of this project then tells an attempt that it has given to another worker from the present one.
     *
     * @param attempts the attempts by the uids of their jobs, as in {@link AssignedJob#attempt()}; of each job the newest
     */
    public DeviceReport activeAttempts(Map<String, Integer> attempts) {
        return activeJobs(List.copyOf(attempts.keySet())).field("attempts", Map.copyOf(attempts));
    }

    /**
     * Sets any field, by the name of the server.
     *
     * @throws io.synapse.sdk.BadRequestException when the value cannot be written as JSON
     */
    public DeviceReport field(String name, Object value) {
        Json.write(value);
        return new DeviceReport(attributes.withField(name, value));
    }

    /** The fields that were set, by the names of the server. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }
}
