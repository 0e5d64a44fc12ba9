package io.synapse.sdk.gateway.server.internal.command;

import java.time.Duration;
import java.util.Optional;

/**
 * How a command ended.
 *
 * @param exitCode its exit code, 128 + n after signal n; -1 when it has none
 * @param stdout what it wrote to its output, as far as it is kept
 * @param stderr what it wrote to its error output, as far as it is kept
 * @param duration how long it ran
 * @param isTimedOut whether it was ended at its time limit
 * @param isCut whether it wrote more than is kept
 */
record CommandOutcome(
        int exitCode, String stdout, String stderr, Duration duration, boolean isTimedOut, boolean isCut) {
    /** What a caller is told beside the exit code. */
    Optional<String> reason() {
        if (isTimedOut) {
            return Optional.of("Command timed out");
        }
        return isCut ? Optional.of("Output was cut") : Optional.empty();
    }
}
