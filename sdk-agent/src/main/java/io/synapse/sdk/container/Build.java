package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the build of an image stands. Immutable.
 *
 * @param status where it stands
 * @param result the container, once it is completed
 * @param error why it failed, as the agent says it
 * @param additionalProperties fields that this version does not know
 */
public record Build(
        BuildStatus status,
        @Nullable Container result,
        @Nullable Object error,
        Map<String, @Nullable Object> additionalProperties) {
    private static final BuildStatus UNKNOWN = new BuildStatus("unknown");

    /** Takes it as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Build {
        status = status == null ? UNKNOWN : status;
        additionalProperties = Copies.of(additionalProperties);
    }
}
