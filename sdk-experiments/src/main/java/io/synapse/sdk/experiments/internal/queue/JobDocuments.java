package io.synapse.sdk.experiments.internal.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.device.Device;
import io.synapse.sdk.experiments.internal.device.Devices;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as clients see them. Thread-safe. */
public final class JobDocuments {
    private final Devices devices;
    private final Duration lease;

    /**
     * With what these machines can run.
     *
     * @param lease for how long a worker may be silent
     */
    public JobDocuments(Devices devices, Duration lease) {
        this.devices = devices;
        this.lease = lease;
    }

    /** For how long a worker may be silent. */
    Duration lease() {
        return lease;
    }

    /** All that is known of a job. */
    public Map<String, @Nullable Object> full(Job job) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("experiment_uid", job.uid());
        document.put("name", job.name());
        document.put("project", job.project());
        document.put("config_path", job.configPath());
        document.put("status", job.status().word());
        document.put("priority", job.priority().word());
        document.put("priority_value", job.priority().value());
        document.put("created_at", job.createdAt());
        document.put("queued_at", job.createdAt());
        document.put("started_at", job.startedAt());
        document.put("completed_at", job.completedAt());
        document.put("requirements", given(job, "requirements"));
        document.put("assigned_device", job.assignedDevice());
        document.put("command", given(job, "command"));
        document.put("working_directory", given(job, "working_directory"));
        document.put("environment_vars", Objects.requireNonNullElse(given(job, "environment_vars"), Map.of()));
        document.put("progress", job.status() == JobStatus.COMPLETED ? 1.0 : 0.0);
        document.put("current_epoch", null);
        document.put("total_epochs", null);
        document.put("current_metrics", Map.of());
        document.put("error_message", job.errorMessage());
        document.put("exit_code", job.exitCode());
        document.put("failure_kind", job.failureKind());
        document.put("attempt", job.attempt());
        document.put("retry_count", job.retryCount());
        document.put("max_retries", job.maxRetries());
        document.put("retry_on_failure", job.isRetriedOnFailure());
        document.put("sweep_id", job.sweep());
        document.put("grid", given(job, "grid"));
        document.put("user", given(job, "user"));
        document.put("tags", Objects.requireNonNullElse(given(job, "tags"), List.of()));
        document.put("metadata", metadata(job));
        return document;
    }

    /** The same without what has no value, as events have it. */
    Map<String, @Nullable Object> brief(Job job) {
        Map<String, @Nullable Object> document = full(job);
        document.values().removeIf(Objects::isNull);
        return document;
    }

    /** What a worker is given. */
    public Map<String, @Nullable Object> assignment(Job job) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("experiment_uid", job.uid());
        document.put("name", job.name());
        document.put("config_path", job.configPath());
        document.put("project", job.project());
        document.put("priority", job.priority().word());
        document.put("assigned_device", job.assignedDevice());
        document.put("attempt", job.attempt());
        document.put("lease_seconds", lease.toSeconds());
        document.put("environment_vars", Objects.requireNonNullElse(given(job, "environment_vars"), Map.of()));
        document.put("metadata", metadata(job));
        return document;
    }

    private static @Nullable JsonNode given(Job job, String field) {
        JsonNode value = job.given().get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** What was submitted, and over it what the server knows. */
    Map<String, @Nullable Object> metadata(Job job) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        JsonNode given = given(job, "metadata");
        if (given != null) {
            given.properties().forEach(field -> metadata.put(field.getKey(), field.getValue()));
        }
        metadata.put("has_config", true);
        put(metadata, "assigned_at", job.assignedAt());
        put(metadata, "pid", job.pid());
        put(metadata, "error", job.errorMessage());
        put(metadata, "failure_kind", job.failureKind());
        put(metadata, "sweep_id", job.sweep());
        put(metadata, "grid", given(job, "grid"));
        if (job.isStopping()) {
            metadata.put("stopping", true);
        }
        put(metadata, "waiting_for", waitingFor(job));
        return metadata;
    }

    private static void put(Map<String, @Nullable Object> metadata, String name, @Nullable Object value) {
        if (value != null) {
            metadata.put(name, value);
        }
    }

    /** What no known machine has; null when there is one that can run the job, or none is needed. */
    private @Nullable String waitingFor(Job job) {
        Collection<Device> known = devices.all();
        boolean isWaiting = job.status() == JobStatus.QUEUED && !job.wanted().isAnything();
        return isWaiting && known.stream().noneMatch(job.wanted()::canBeMetBy)
                ? job.wanted().words()
                : null;
    }

    /**
     * What no known device has that a submission wants; empty when one can run it.
     *
     * @throws Failure when {@code requirements} or {@code device} are not as they must be
     */
    public Optional<String> misfit(ObjectNode submission) {
        SubmissionFields fields = new SubmissionFields(submission);
        Requirements wanted = Requirements.of(fields.requirements(), fields.device());
        return wanted.isAnything() || devices.all().stream().anyMatch(wanted::canBeMetBy)
                ? Optional.empty()
                : Optional.of("no known device is " + wanted.words());
    }
}
