package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run of tests. Tests that fail are a result and not an exception. Fields that the server omits are null
 * or empty. Immutable.
 *
 * @param success whether it ended with exit code 0
 * @param projectDir the folder of the project
 * @param testCommand the command
 * @param exitCode its exit code
 * @param output its output
 * @param errors its error output
 * @param testResults how many tests passed and failed; null if the server does not tell
 * @param durationSeconds how long it ran, in seconds
 * @param testedAt when it had ended
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record TestResult(
        boolean success,
        @Nullable String projectDir,
        @Nullable String testCommand,
        @Nullable Integer exitCode,
        @Nullable String output,
        @Nullable String errors,
        @Nullable TestCounts testResults,
        @Nullable Double durationSeconds,
        @Nullable Instant testedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public TestResult {
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }
}
