package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that reports to the server, as of its last report. Immutable.
 *
 * @param hostId its id; empty if the server omits it
 * @param status whether it still reports
 * @param lastHeartbeat when it reported
 * @param gpuUtil use of its GPUs, in percent
 * @param vramUsed memory of its GPUs in use, in GB
 * @param vramTotal memory of its GPUs, in GB
 * @param gpuTemperature temperature of its GPUs, in °C
 * @param gpuPowerUsage power of its GPUs, in W
 * @param gpuCount the number of its GPUs
 * @param gpus its GPUs
 * @param cpuUtil use of its CPU, in percent
 * @param memoryUsed memory in use, in GB
 * @param memoryTotal its memory, in GB
 * @param diskFree free disk space, in GB
 * @param torchVersion the version of PyTorch
 * @param cudaVersion the version of CUDA
 * @param codeVersion the version of its code, by the names that it reports
 * @param activeJobs the jobs that it runs
 * @param canPause whether its worker can suspend a job that runs; null if it does not say
 * @param pausedJobs the jobs that are suspended (servers of this project)
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Device(
        String hostId,
        @Nullable DeviceStatus status,
        @Nullable Instant lastHeartbeat,
        @Nullable Double gpuUtil,
        @Nullable Double vramUsed,
        @Nullable Double vramTotal,
        @Nullable Double gpuTemperature,
        @Nullable Double gpuPowerUsage,
        @Nullable Integer gpuCount,
        List<DeviceGpu> gpus,
        @Nullable Double cpuUtil,
        @Nullable Double memoryUsed,
        @Nullable Double memoryTotal,
        @Nullable Double diskFree,
        @Nullable String torchVersion,
        @Nullable String cudaVersion,
        Map<String, @Nullable Object> codeVersion,
        List<String> activeJobs,
        @Nullable Boolean canPause,
        List<String> pausedJobs,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Device {
        hostId = hostId == null ? "" : hostId;
        gpus = Copies.of(gpus);
        codeVersion = Copies.of(codeVersion);
        activeJobs = Copies.of(activeJobs);
        pausedJobs = Copies.of(pausedJobs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
