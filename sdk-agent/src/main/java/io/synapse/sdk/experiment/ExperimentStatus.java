package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * The state of a queued job (wire/experiments.md, section 5). An unknown state is preserved and counts as not
 * terminal. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ExperimentStatus(String value) implements OpenEnum {
    /** Accepted, not in the queue yet. */
    public static final ExperimentStatus PENDING = new ExperimentStatus("pending");

    /** Waits for a device. */
    public static final ExperimentStatus QUEUED = new ExperimentStatus("queued");

    /** Given to a worker, which has not started it yet. */
    public static final ExperimentStatus ASSIGNED = new ExperimentStatus("assigned");

    /** Its program runs. */
    public static final ExperimentStatus RUNNING = new ExperimentStatus("running");

    /** Held back. */
    public static final ExperimentStatus PAUSED = new ExperimentStatus("paused");

    /** Ended successfully. Terminal. */
    public static final ExperimentStatus COMPLETED = new ExperimentStatus("completed");

    /** Ended without success. Terminal. */
    public static final ExperimentStatus FAILED = new ExperimentStatus("failed");

    /** Cancelled. Terminal. */
    public static final ExperimentStatus CANCELLED = new ExperimentStatus("cancelled");

    /** Given up before it ran. Terminal. */
    public static final ExperimentStatus EXPIRED = new ExperimentStatus("expired");

    /** Its worker was lost. Terminal. */
    public static final ExperimentStatus CRASHED = new ExperimentStatus("crashed");

    /** Whether the job has ended. A failed or cancelled job may be queued again on request. */
    public boolean isTerminal() {
        return equals(COMPLETED) || equals(FAILED) || equals(CANCELLED) || equals(EXPIRED) || equals(CRASHED);
    }

    @Override
    public String toString() {
        return value;
    }
}
