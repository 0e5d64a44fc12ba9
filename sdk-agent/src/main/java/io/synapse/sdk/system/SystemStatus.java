package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an agent is being updated or restarted. Fields that the server omits are null. Immutable.
 *
 * @param inProgress whether an operation is in progress
 * @param operation {@code update} or {@code restart}; null if no operation is in progress
 * @param startedAt when it started
 * @param apiTag the tag that the API's image is updated to
 * @param workerTag the tag that the workers' image is updated to
 * @param additionalProperties fields unknown to this version
 */
public record SystemStatus(
        @Nullable Boolean inProgress,
        @Nullable String operation,
        @Nullable Instant startedAt,
        @Nullable String apiTag,
        @Nullable String workerTag,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public SystemStatus {
        additionalProperties = Copies.of(additionalProperties);
    }
}
