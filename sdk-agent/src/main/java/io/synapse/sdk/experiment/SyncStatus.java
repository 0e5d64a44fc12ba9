package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a job the server has. Immutable.
 *
 * @param experimentUid the job
 * @param project its project
 * @param syncStatus {@code synced} and others
 * @param lastSyncAt when the last part came
 * @param serverOrigin which server has them
 * @param experimentFiles the files of the job, by name
 * @param files the files of its run, by name; the original has those of the whole project
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record SyncStatus(
        @Nullable String experimentUid,
        @Nullable String project,
        @Nullable String syncStatus,
        @Nullable Instant lastSyncAt,
        @Nullable String serverOrigin,
        Map<String, SyncedFile> experimentFiles,
        Map<String, SyncedFile> files,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public SyncStatus {
        experimentFiles = Copies.of(experimentFiles);
        files = Copies.of(files);
        additionalProperties = Copies.of(additionalProperties);
    }
}
