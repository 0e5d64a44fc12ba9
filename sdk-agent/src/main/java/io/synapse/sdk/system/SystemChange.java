package io.synapse.sdk.system;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of an update or a restart. Fields that the server omits are null. Immutable.
 *
 * @param status {@code success} or {@code error}
 * @param message a description of the result
 * @param pullOutput the output of Docker Compose while it pulled the images; of an update
 * @param upOutput the output of Docker Compose while it created the containers
 * @param additionalProperties fields unknown to this version
 */
public record SystemChange(
        @Nullable String status,
        @Nullable String message,
        @Nullable String pullOutput,
        @Nullable String upOutput,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public SystemChange {
        additionalProperties = Copies.of(additionalProperties);
    }
}
