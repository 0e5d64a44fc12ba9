package io.synapse.sdk.job;

import io.synapse.sdk.OpenEnum;

/**
 * How a job came about. An open set.
 *
 * @param value the word as the server says it
 */
public record JobType(String value) implements OpenEnum {
    /** It was submitted. */
    public static final JobType SUBMISSION = new JobType("SUBMISSION");

    /** A driver connected by itself. */
    public static final JobType DRIVER = new JobType("DRIVER");

    @Override
    public String toString() {
        return value;
    }
}
