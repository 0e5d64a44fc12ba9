package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the build of an image stands. What a server leaves out is null. Immutable.
 *
 * @param id its id
 * @param status where it stands
 * @param result the container, once it is completed
 * @param error why it failed, in all the words of the agent
 * @param logTail the last lines of its output, where the agent gives them
 * @param createdAt when it was begun
 * @param additionalProperties fields that this version does not know
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

    /** Takes it as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Build {
        id = id == null ? "" : id;
        status = status == null ? UNKNOWN : status;
        additionalProperties = Copies.of(additionalProperties);
    }
}
