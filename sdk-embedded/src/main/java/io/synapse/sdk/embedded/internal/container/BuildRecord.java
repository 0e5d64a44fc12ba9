package io.synapse.sdk.embedded.internal.container;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a build. Immutable.
 *
 * @param id its id
 * @param container the number of the record that it makes a container for; 0 for a container without a record
 * @param status where it stands
 * @param outcome what came of it, once it is completed
 * @param error why it failed
 * @param createdAt when it began
 */
public record BuildRecord(
        String id,
        long container,
        BuildStatus status,
        @Nullable BuildOutcome outcome,
        @Nullable String error,
        Instant createdAt) {
    /** The same, completed. */
    BuildRecord completed(BuildOutcome result) {
        return new BuildRecord(id, container, BuildStatus.COMPLETED, result, null, createdAt);
    }

    /** The same, ended without a container. */
    BuildRecord ended(BuildStatus end, String why) {
        return new BuildRecord(id, container, end, null, why, createdAt);
    }
}
