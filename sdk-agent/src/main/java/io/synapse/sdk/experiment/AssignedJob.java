package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job that was given to a worker. Immutable.
 *
 * @param experimentUid its id; empty if the server omits it
 * @param name its name (servers of this project)
 * @param project its project
 * @param configPath the path of its configuration at the server
 * @param priority its priority
 * @param attempt the number of this attempt, from 1; reports of an older one are refused (servers of this project)
 * @param leaseSeconds within how many seconds its start must be confirmed (servers of this project)
 * @param assignedDevice the device and GPU to run it on: {@code host:gpu} (servers of this project)
 * @param metadata what else is known of it
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record AssignedJob(
        String experimentUid,
        @Nullable String name,
        @Nullable String project,
        @Nullable String configPath,
        @Nullable JobPriority priority,
        @Nullable Integer attempt,
        @Nullable Double leaseSeconds,
        @Nullable String assignedDevice,
        Map<String, @Nullable Object> metadata,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public AssignedJob {
        experimentUid = experimentUid == null ? "" : experimentUid;
        metadata = Copies.of(metadata);
        additionalProperties = Copies.of(additionalProperties);
    }
}
