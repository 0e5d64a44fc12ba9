package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a command. A command that fails is a result and not an exception. Fields that the server omits are null or
 * empty. Immutable.
 *
 * @param success whether it ended with exit code 0
 * @param command the command
 * @param exitCode its exit code, 128 + n after signal n; -1 if it was refused or its time limit was reached:
 *     {@code stderr} says which
 * @param stdout its output; bytes that are not UTF-8 are U+FFFD, and the original keeps nothing of a command whose time
 *     was up
 * @param stderr its error output, or why there is none
 * @param durationSeconds how long it ran, in seconds; 0 if it was refused or its time limit was reached
 * @param executedAt when it had ended, null if it was refused; the original sends the local time of its machine without
 *     an offset, which is read here as UTC
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ExecutionResult(
        boolean success,
        @Nullable String command,
        @Nullable Integer exitCode,
        @Nullable String stdout,
        @Nullable String stderr,
        @Nullable Double durationSeconds,
        @Nullable Instant executedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ExecutionResult {
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
