package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notification of a server. Immutable.
 *
 * @param id its id
 * @param type its kind
 * @param title its title
 * @param message its text
 * @param createdAt when it was made
 * @param read whether it was answered or read
 * @param action the answer that was given; null for none yet
 * @param actions the answers that can be given
 * @param experimentUid the job that it is about
 * @param data what else it is about
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ExperimentNotification(
        @Nullable String id,
        @Nullable NotificationType type,
        @Nullable String title,
        @Nullable String message,
        @Nullable Instant createdAt,
        @Nullable Boolean read,
        @Nullable String action,
        List<String> actions,
        @Nullable String experimentUid,
        Map<String, @Nullable Object> data,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ExperimentNotification {
        actions = Copies.of(actions);
        data = Copies.of(data);
        additionalProperties = Copies.of(additionalProperties);
    }
}
