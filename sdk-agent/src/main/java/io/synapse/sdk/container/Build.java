package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of the build of an image. Fields that the server omits are null. Immutable.
 *
 * @param id its id
 * @param status its status
 * @param result the container, after completion
 * @param error the agent's complete error message
 * @param logTail the last lines of its output, if the agent sends them
 * @param createdAt when it started
 * @param additionalProperties fields unknown to this version
 */
public record Build(
        String id,
        BuildStatus status,
        @Nullable Container result,
        @Nullable String error,
        @Nullable String logTail,
        @Nullable Instant createdAt,
        Map<String, @Nullable Object> additionalProperties)
        implements Serializable {
    private static final BuildStatus UNKNOWN = new BuildStatus("unknown");

    /** Replaces absent maps and lists by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Build {
        id = id == null ? "" : id;
        status = status == null ? UNKNOWN : status;
        additionalProperties = Copies.of(additionalProperties);
    }
}
