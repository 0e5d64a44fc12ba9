package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * The state of a run (wire/experiments.md, section 8). Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record RunStatus(String value) implements OpenEnum {
    /** Its files still grow. */
    public static final RunStatus RUNNING = new RunStatus("running");

    /** It has logged all its epochs. */
    public static final RunStatus COMPLETED = new RunStatus("completed");

    /** It has logged nothing, or its job failed. */
    public static final RunStatus FAILED = new RunStatus("failed");

    /** It has not logged anything for an hour, and is not complete. */
    public static final RunStatus TERMINATED = new RunStatus("terminated");

    @Override
    public String toString() {
        return value;
    }
}
