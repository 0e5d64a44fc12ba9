package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of the queue. Immutable.
 *
 * @param totalJobs all jobs
 * @param pendingJobs those not in the queue yet
 * @param queuedJobs those that wait
 * @param runningJobs those that run
 * @param completedJobs those that succeeded
 * @param failedJobs those that failed
 * @param cancelledJobs those that were cancelled
 * @param totalCpuCores CPU cores of all devices
 * @param usedCpuCores CPU cores in use
 * @param totalMemoryGb memory of all devices, in GB
 * @param usedMemoryGb memory in use, in GB
 * @param totalGpuCount GPUs of all devices
 * @param usedGpuCount GPUs in use
 * @param avgQueueTimeMinutes the mean wait, in minutes
 * @param avgExecutionTimeMinutes the mean run, in minutes
 * @param longestRunningJobMinutes the longest run so far, in minutes
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record QueueStatistics(
        @Nullable Long totalJobs,
        @Nullable Long pendingJobs,
        @Nullable Long queuedJobs,
        @Nullable Long runningJobs,
        @Nullable Long completedJobs,
        @Nullable Long failedJobs,
        @Nullable Long cancelledJobs,
        @Nullable Double totalCpuCores,
        @Nullable Double usedCpuCores,
        @Nullable Double totalMemoryGb,
        @Nullable Double usedMemoryGb,
        @Nullable Long totalGpuCount,
        @Nullable Long usedGpuCount,
        @Nullable Double avgQueueTimeMinutes,
        @Nullable Double avgExecutionTimeMinutes,
        @Nullable Double longestRunningJobMinutes,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public QueueStatistics {
        additionalProperties = Copies.of(additionalProperties);
    }
}
