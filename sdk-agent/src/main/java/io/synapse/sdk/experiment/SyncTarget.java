package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * What a file of a worker belongs to (wire/experiments.md, section 8). Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record SyncTarget(String value) implements OpenEnum {
    /** The job: its output, in files ending with .log, its configuration. */
    public static final SyncTarget EXPERIMENT = new SyncTarget("experiment");

    /** The run: its metrics, in a file ending with .csv, configuration and checkpoints. */
    public static final SyncTarget RUN = new SyncTarget("run");

    @Override
    public String toString() {
        return value;
    }
}
