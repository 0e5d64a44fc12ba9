package io.synapse.sdk;

/**
 * The status of a job. Open enumeration: an unknown status is preserved and counts as not terminal.
 *
 * <p>The values are those of Ray's Jobs API, which the agent uses too.
 *
 * @param value the value as sent by the server, for instance {@code RUNNING}
 */
public record JobStatus(String value) implements OpenEnum {
    /** Accepted, not started yet. */
    public static final JobStatus PENDING = new JobStatus("PENDING");

    /** Its process is running. */
    public static final JobStatus RUNNING = new JobStatus("RUNNING");

    /** Stopped on request. Terminal. */
    public static final JobStatus STOPPED = new JobStatus("STOPPED");

    /** Ended with exit code 0. Terminal. */
    public static final JobStatus SUCCEEDED = new JobStatus("SUCCEEDED");

    /** Ended with another exit code, or could not be started. Terminal. */
    public static final JobStatus FAILED = new JobStatus("FAILED");

    /** Whether the job has ended: stopped, succeeded or failed. */
    public boolean isTerminal() {
        return equals(STOPPED) || equals(SUCCEEDED) || equals(FAILED);
    }

    @Override
    public String toString() {
        return value;
    }
}
