package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of an update or a restart. What a server leaves out is null. Immutable.
 *
 * @param status what came of it: {@code success} or {@code error}
 * @param message the same in words
 * @param pullOutput what Docker Compose printed while it pulled the images; of an update
 * @param upOutput what Docker Compose printed while it made the containers anew
 * @param additionalProperties fields that this version does not know
 */
public record SystemChange(
        @Nullable String status,
        @Nullable String message,
        @Nullable String pullOutput,
        @Nullable String upOutput,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public SystemChange {
        additionalProperties = Copies.of(additionalProperties);
    }
}
