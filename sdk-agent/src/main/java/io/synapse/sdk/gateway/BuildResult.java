package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a build. A build that fails is a result and not an exception. Fields that the server omits are null or
 * empty. Immutable.
 *
 * @param success whether it ended with exit code 0
 * @param projectDir the folder of the project
 * @param buildCommand the command
 * @param exitCode its exit code
 * @param stdout its output
 * @param stderr its error output
 * @param durationSeconds how long it ran, in seconds
 * @param builtAt when it had ended
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record BuildResult(
        boolean success,
        @Nullable String projectDir,
        @Nullable String buildCommand,
        @Nullable Integer exitCode,
        @Nullable String stdout,
        @Nullable String stderr,
        @Nullable Double durationSeconds,
        @Nullable Instant builtAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public BuildResult {
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
