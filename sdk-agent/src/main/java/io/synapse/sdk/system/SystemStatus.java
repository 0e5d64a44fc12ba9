package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an agent is being updated or restarted. What a server leaves out is null. Immutable.
 *
 * @param inProgress whether an operation is under way
 * @param operation which one: {@code update} or {@code restart}; null when there is none
 * @param startedAt when it began
 * @param apiTag the tag that the API's image is updated to
 * @param workerTag the tag that the workers' image is updated to
 * @param additionalProperties fields that this version does not know
 */
public record SystemStatus(
        @Nullable Boolean inProgress,
        @Nullable String operation,
        @Nullable Instant startedAt,
        @Nullable String apiTag,
        @Nullable String workerTag,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public SystemStatus {
        additionalProperties = Copies.of(additionalProperties);
    }
}
