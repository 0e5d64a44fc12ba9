package io.synapse.sdk.container;

import io.synapse.sdk.OpenEnum;

/**
 * Where a build stands. Any word but these means that it goes on. An open set.
 *
 * @param value the word as the server says it
 */
public record BuildStatus(String value) implements OpenEnum {
    /** It is done. */
    public static final BuildStatus COMPLETED = new BuildStatus("completed");

    /** It failed. */
    public static final BuildStatus FAILED = new BuildStatus("failed");

    /** It was cancelled. */
    public static final BuildStatus CANCELLED = new BuildStatus("cancelled");

    /** Whether the build is over: completed, failed or cancelled. */
    public boolean isOver() {
        return equals(COMPLETED) || equals(FAILED) || equals(CANCELLED);
    }

    @Override
    public String toString() {
        return value;
    }
}
