package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of a server (wire/experiments.md, section 4). Fields that the server omits are null or empty; each event has the
 * fields unknown to this version, and values of the wrong type, in {@code additionalProperties}. Immutable.
 */
public sealed interface ExperimentEvent {
    /** The id of the event, by which {@link EventOperations#followEvents(String)} goes on after it; null if it has none. */
    @Nullable
    String id();

    /** When the server sent it; null if it does not say. */
    @Nullable
    Instant timestamp();

    /** Fields unknown to this version, and values of the wrong type. */
    Map<String, @Nullable Object> additionalProperties();

    /**
     * The stream has begun, or goes on: {@code connection}. The original sends it to everybody at each
     * newcomer.
     *
     * @param message the words of the server
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record Connected(
            @Nullable String message,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public Connected {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A device has reported: {@code device_update}.
     *
     * @param device the device
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record DeviceUpdated(
            Device device,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public DeviceUpdated {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A device was removed: {@code device_removed}.
     *
     * @param hostId the device
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record DeviceRemoved(
            @Nullable String hostId,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public DeviceRemoved {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A job has changed: {@code queue_update}.
     *
     * @param experimentUid the job
     * @param action what was done, if the server says so: {@code reindexed}, {@code removed} and others
     * @param eventType the event of its files that led to it, if there was one: {@code file_created} and others
     * @param job the job as it is now; null if the server does not send it
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record QueueUpdated(
            @Nullable String experimentUid,
            @Nullable String action,
            @Nullable String eventType,
            @Nullable ExperimentJob job,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public QueueUpdated {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * Files of a run have changed: {@code run_update}.
     *
     * @param eventType {@code created}, {@code modified}, {@code run_sync}, {@code experiment_sync} and others
     * @param project the project
     * @param runName the run, if it is known
     * @param experimentUid the job that sent the file, if one did
     * @param filePath the path of the file at the server, or its name
     * @param bytesSynced the bytes that came, if it was sent by a worker
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record RunUpdated(
            @Nullable String eventType,
            @Nullable String project,
            @Nullable String runName,
            @Nullable String experimentUid,
            @Nullable String filePath,
            @Nullable Long bytesSynced,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public RunUpdated {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * The server has read its files again: {@code indexing_complete}.
     *
     * @param stats how many projects, runs and files it found
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record Indexed(
            Map<String, @Nullable Object> stats,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public Indexed {
            stats = Copies.of(stats);
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A run has logged rows of metrics: {@code metric_update}, from servers of this project. Such events have
     * no ids: after a cut, read the metrics from the last row that is known.
     *
     * @param project the project
     * @param runName the run
     * @param fromRow the number of the first of the rows, from 0
     * @param rows the rows, each by column, as in {@link MetricTable}
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record MetricsLogged(
            @Nullable String project,
            @Nullable String runName,
            @Nullable Long fromRow,
            List<Map<String, Double>> rows,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public MetricsLogged {
            rows = Copies.of(rows);
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A job has written output: {@code log_update}, from servers of this project. Such events have no ids;
     * {@link QueueOperations#tailExperimentLogs(String)} gives all output.
     *
     * @param experimentUid the job
     * @param stream {@code stdout} or {@code stderr}
     * @param offset where in the output the text begins, in bytes
     * @param text the text
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record LogWritten(
            @Nullable String experimentUid,
            @Nullable String stream,
            @Nullable Long offset,
            @Nullable String text,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public LogWritten {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * There is a notification, or it was answered: {@code notification}, from servers of this project.
     *
     * @param notification the notification
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record Notified(
            ExperimentNotification notification,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public Notified {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A component has changed: {@code component_update}, from servers of this project.
     *
     * @param path the path of the component
     * @param hash the hash of the version
     * @param action {@code uploaded}, {@code activated}, {@code conflict} and others
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record ComponentUpdated(
            @Nullable String path,
            @Nullable String hash,
            @Nullable String action,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public ComponentUpdated {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * Events were missed: what was known of jobs, runs and devices is to be read again. A server of this
     * project says so when it does not keep the events since the last one any more; at the original, which
     * numbers no events, the client says so after each cut.
     *
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record Reset(@Nullable String id, @Nullable Instant timestamp, Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public Reset {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * An event of another kind; its fields are in {@code additionalProperties}.
     *
     * @param type its kind
     * @param id its id; null if it has none
     * @param timestamp when the server sent it
     * @param additionalProperties what else it has
     */
    record Other(
            @Nullable String type,
            @Nullable String id,
            @Nullable Instant timestamp,
            Map<String, @Nullable Object> additionalProperties)
            implements ExperimentEvent {
        /** Replaces absent lists and maps by empty ones and copies the others. */
        public Other {
            additionalProperties = Copies.of(additionalProperties);
        }
    }
}
