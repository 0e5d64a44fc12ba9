package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.internal.MetricValues;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job of the queue: a configuration that is, was or will be trained. Fields that the server omits are null or
 * empty; those that only a server of this project has are marked. Immutable.
 *
 * @param experimentUid its id; empty if the server omits it
 * @param name its name
 * @param project its project
 * @param configPath the path of its configuration at the server
 * @param status its state
 * @param priority its priority
 * @param createdAt when it was submitted
 * @param queuedAt when it was queued
 * @param startedAt when its present attempt began
 * @param completedAt when it ended
 * @param requirements what a device must have to run it
 * @param assignedDevice the device that has it: {@code host} or {@code host:gpu}
 * @param command the command of its program
 * @param workingDirectory the folder of its program
 * @param environmentVars environment variables of its program
 * @param progress from 0 to 1, if its program says so
 * @param currentEpoch the epoch that it is in
 * @param totalEpochs the number of epochs
 * @param currentMetrics the last values of its metrics
 * @param errorMessage why it failed; see {@link #failureReason()}
 * @param retryCount how often it was queued again
 * @param maxRetries how often it may be queued again after its worker was lost
 * @param user who submitted it
 * @param tags its tags
 * @param metadata what else is known of it
 * @param exitCode the exit code of its program
 * @param logPath the path of its output at the server
 * @param errorLogPath the path of its error output at the server
 * @param lastIndexed when its record was last held against its files
 * @param position its place in the queue, 1 for the next one; null if it does not wait (servers of this project)
 * @param attempt the number of its attempt, from 1 (servers of this project)
 * @param sweepId the sweep that it is a point of (servers of this project)
 * @param grid what distinguishes it from the other points of its sweep (servers of this project)
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ExperimentJob(
        String experimentUid,
        @Nullable String name,
        @Nullable String project,
        @Nullable String configPath,
        ExperimentStatus status,
        @Nullable JobPriority priority,
        @Nullable Instant createdAt,
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        Map<String, @Nullable Object> requirements,
        @Nullable String assignedDevice,
        @Nullable String command,
        @Nullable String workingDirectory,
        Map<String, String> environmentVars,
        @Nullable Double progress,
        @Nullable Integer currentEpoch,
        @Nullable Integer totalEpochs,
        Map<String, Double> currentMetrics,
        @Nullable String errorMessage,
        @Nullable Integer retryCount,
        @Nullable Integer maxRetries,
        @Nullable String user,
        List<String> tags,
        Map<String, @Nullable Object> metadata,
        @Nullable Integer exitCode,
        @Nullable String logPath,
        @Nullable String errorLogPath,
        @Nullable Instant lastIndexed,
        @Nullable Integer position,
        @Nullable Integer attempt,
        @Nullable String sweepId,
        Map<String, @Nullable Object> grid,
        Map<String, @Nullable Object> additionalProperties) {
    /** The state of a job without a state. */
    private static final ExperimentStatus UNKNOWN = new ExperimentStatus("unknown");

    /** Replaces absent lists and maps by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public ExperimentJob {
        experimentUid = experimentUid == null ? "" : experimentUid;
        status = status == null ? UNKNOWN : status;
        currentMetrics = MetricValues.withNotFinite(currentMetrics, additionalProperties, "current_metrics");
        requirements = Copies.of(requirements);
        environmentVars = Copies.of(environmentVars);
        currentMetrics = Copies.of(currentMetrics);
        tags = Copies.of(tags);
        metadata = Copies.of(metadata);
        grid = Copies.of(grid);
        additionalProperties = MetricValues.unread(additionalProperties, "current_metrics");
    }

    /** Why it failed: the error message, or what the original has in its place; null if neither is known. */
    public @Nullable String failureReason() {
        return errorMessage != null ? errorMessage : metadata.get("error") instanceof String text ? text : null;
    }

    /** Whether its worker has been told to stop it and has not confirmed that yet, so that output may still come. */
    public boolean isStopping() {
        return Boolean.TRUE.equals(metadata.get("stopping"));
    }

    /** All components, with secrets masked: values of environment variables and of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
