package io.synapse.sdk.workspace;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended, and what it wrote to its standard output and error, in the order in which it wrote.
 *
 * @param code its exit code; null when it is unknown, because the command was killed with its shell
 * @param outputStart all its output as text; of an output over the limit, the first half of what is kept
 * @param outputEnd of an output over the limit, the last half of what is kept; else empty
 * @param omittedBytes how many bytes between the two are not kept; 0 for none
 * @param timedOut whether it was ended at its time limit
 * @param outOfMemory whether a process was killed while it ran because the container's memory was used up
 * @param duration how long it ran
 */
public record CommandResult(
        @Nullable Integer code,
        String outputStart,
        String outputEnd,
        long omittedBytes,
        boolean timedOut,
        boolean outOfMemory,
        Duration duration) {
    /**
     * The exit code, 0 to 255: 128 and a signal's number when a signal ended the command, 124 at its time limit, 127 when
     * there is no such program. Empty when it is unknown.
     */
    public OptionalInt exitCode() {
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** Whether the exit code is 0. */
    public boolean succeeded() {
        return code != null && code == 0;
    }

    /** The output as far as it is kept: {@link #outputStart()} and {@link #outputEnd()}. */
    public String output() {
        return outputStart + outputEnd;
    }

    /** Whether output was over the limit: something is missing between its two parts. */
    public boolean truncated() {
        return omittedBytes > 0;
    }
}
