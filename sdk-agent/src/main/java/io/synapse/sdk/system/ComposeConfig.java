package io.synapse.sdk.system;

import io.synapse.sdk.agent.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Docker Compose configuration of an agent, as it is. Immutable.
 *
 * @param additionalProperties fields that this version does not know
 */
public record ComposeConfig(Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public ComposeConfig {
        additionalProperties = Copies.of(additionalProperties);
    }
}
