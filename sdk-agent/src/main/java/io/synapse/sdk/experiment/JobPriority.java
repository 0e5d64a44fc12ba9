package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * The place of a job in the queue: all of a higher priority come first, then those of the same one in the order of
 * their submission. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record JobPriority(String value) implements OpenEnum {
    /** After all others. */
    public static final JobPriority LOW = new JobPriority("low");

    /** The default. */
    public static final JobPriority NORMAL = new JobPriority("normal");

    /** Before normal ones. */
    public static final JobPriority HIGH = new JobPriority("high");

    /** Before all others. */
    public static final JobPriority URGENT = new JobPriority("urgent");

    @Override
    public String toString() {
        return value;
    }
}
