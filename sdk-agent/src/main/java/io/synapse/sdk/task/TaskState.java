package io.synapse.sdk.task;

import io.synapse.sdk.OpenEnum;

/**
 * Where a task stands, in Ray's words. An open set.
 *
 * @param value the word as the server says it
 */
public record TaskState(String value) implements OpenEnum {
    /** Waits for its arguments. */
    public static final TaskState PENDING_ARGS_AVAIL = new TaskState("PENDING_ARGS_AVAIL");

    /** Waits for a node. */
    public static final TaskState PENDING_NODE_ASSIGNMENT = new TaskState("PENDING_NODE_ASSIGNMENT");

    /** On its way to a worker. */
    public static final TaskState SUBMITTED_TO_WORKER = new TaskState("SUBMITTED_TO_WORKER");

    /** Runs. */
    public static final TaskState RUNNING = new TaskState("RUNNING");

    /** Ended well. */
    public static final TaskState FINISHED = new TaskState("FINISHED");

    /** Ended badly. */
    public static final TaskState FAILED = new TaskState("FAILED");

    @Override
    public String toString() {
        return value;
    }
}
