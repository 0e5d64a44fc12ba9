package io.synapse.sdk.resources;

import io.synapse.sdk.OpenEnum;

/**
 * The kind of a workload. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record WorkloadKind(String value) implements OpenEnum {
    /** A job. */
    public static final WorkloadKind JOB = new WorkloadKind("job");

    /** A Serve application. */
    public static final WorkloadKind SERVE = new WorkloadKind("serve");

    /** A container. */
    public static final WorkloadKind CONTAINER = new WorkloadKind("container");

    /** A task. */
    public static final WorkloadKind TASK = new WorkloadKind("task");

    @Override
    public String toString() {
        return value;
    }
}
