package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is on record.
 *
 * @param sequence its place among the submissions
 * @param given what was submitted and has no component of its own
 * @param wanted what a machine must have
 * @param host the machine that holds it, or held it last and may come back to it
 * @param attempt how often it was given to a machine
 * @param unconfirmed how often in a row a machine took it and did not say that it began
 * @param isStopping whether a machine may still run it although it is cancelled
 * @param failureKind why it failed, or why it was queued again
 * @param startedRunning when its present attempt began, in running time of the server
 */
public record Job(
        long sequence,
        String uid,
        String name,
        String project,
        String configPath,
        JobStatus status,
        Priority priority,
        JsonNode given,
        @Nullable String sweep,
        Requirements wanted,
        int maxRetries,
        boolean isRetriedOnFailure,
        @Nullable String host,
        @Nullable String assignedDevice,
        @Nullable Long pid,
        int attempt,
        int retryCount,
        int unconfirmed,
        boolean isStopping,
        @Nullable Integer exitCode,
        @Nullable String failureKind,
        @Nullable String errorMessage,
        String createdAt,
        @Nullable String assignedAt,
        @Nullable String startedAt,
        @Nullable String completedAt) {
    static Job of(ResultSet row) throws SQLException {
        return new Job(
                row.getLong("sequence"),
                row.getString("uid"),
                row.getString("name"),
                row.getString("project"),
                row.getString("config_path"),
                JobStatus.of(row.getString("status")).orElseThrow(),
                new Priority(row.getInt("priority")),
                Json.tree(row.getString("given")),
                row.getString("sweep"),
                requirements(row),
                row.getInt("max_retries"),
                row.getBoolean("retry_on_failure"),
                row.getString("host"),
                row.getString("assigned_device"),
                number(row, "pid"),
                row.getInt("attempt"),
                row.getInt("retry_count"),
                row.getInt("unconfirmed"),
                row.getBoolean("stopping"),
                integer(row, "exit_code"),
                row.getString("failure_kind"),
                row.getString("error_message"),
                row.getString("created_at"),
                row.getString("assigned_at"),
                row.getString("started_at"),
                row.getString("completed_at"));
    }

    private static Requirements requirements(ResultSet row) throws SQLException {
        return new Requirements(
                row.getString("wanted_host"),
                integer(row, "wanted_gpu"),
                integer(row, "wanted_gpus"),
                row.getDouble("wanted_gpu_memory"),
                row.getString("wanted_gpu_name"),
                row.getDouble("wanted_memory"),
                row.getDouble("wanted_disk"));
    }

    private static @Nullable Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    /** Whether a machine has it at present, or may have. */
    boolean isHeld() {
        return host != null && (status == JobStatus.ASSIGNED || isInProgress() || isStopping);
    }

    /** Whether a machine runs it, or has stopped it for a while. */
    boolean isInProgress() {
        return status == JobStatus.RUNNING || status == JobStatus.PAUSED && host != null;
    }
}
