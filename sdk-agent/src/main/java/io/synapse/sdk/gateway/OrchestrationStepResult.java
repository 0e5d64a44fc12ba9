package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of an orchestration that has ended. Fields that the server omits are null or empty. Immutable.
 *
 * @param step its number, 1 for the first
 * @param agent the agent that did it
 * @param action what it was
 * @param status how it ended
 * @param result its result as text; bytes that are not UTF-8 are in {@code additionalProperties}, as
 *     {@code {base64=…}}
 * @param completedAt when it had ended
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record OrchestrationStepResult(
        @Nullable Integer step,
        @Nullable String agent,
        @Nullable String action,
        @Nullable String status,
        @Nullable String result,
        @Nullable Instant completedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public OrchestrationStepResult {
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
