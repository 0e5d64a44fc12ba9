package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a deployment. Fields that the server omits are null or empty. Immutable.
 *
 * @param success whether it was deployed
 * @param target where to
 * @param dryRun whether nothing was changed
 * @param message what the server says of it
 * @param steps what was done, or would be
 * @param deployedAt when it had ended
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record DeployResult(
        boolean success,
        @Nullable DeployTarget target,
        boolean dryRun,
        @Nullable String message,
        List<String> steps,
        @Nullable Instant deployedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public DeployResult {
        steps = Copies.of(steps);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
