package io.synapse.sdk.job;

import io.synapse.sdk.OpenEnum;

/**
 * How a job was started. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record JobType(String value) implements OpenEnum {
    /** Submitted through the Jobs API. */
    public static final JobType SUBMISSION = new JobType("SUBMISSION");

    /** Started by a driver that connected to the cluster. */
    public static final JobType DRIVER = new JobType("DRIVER");

    @Override
    public String toString() {
        return value;
    }
}
