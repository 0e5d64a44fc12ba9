package io.synapse.sdk.internal.operation;

import io.synapse.sdk.internal.http.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Execution} does with the outcome of the operation that it performs next: one frame for each operation that
 * is under way around it. A method of a frame decides by one call of {@link Execution#succeed}, {@link Execution#fail},
 * {@link Execution#perform} or {@link Execution#pause}.
 */
abstract class Frame {
    /** What the deadline was outside. */
    final Deadline outerDeadline;

    Frame(Execution<?> execution) {
        this.outerDeadline = execution.deadline();
    }

    abstract void onResult(@Nullable Object result, Execution<?> execution);

    void onFailure(Throwable failure, Execution<?> execution) {
        execution.fail(failure);
    }

    /** Whether its result is that of the operation that it waits for, converted at the most. */
    boolean isConversion() {
        return false;
    }

    /** A pause is over, or was cancelled. */
    void onPauseEnd(Execution<?> execution) {
        throw new IllegalStateException("this frame does not pause");
    }
}
