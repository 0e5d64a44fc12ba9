package io.synapse.sdk.task;

import io.synapse.sdk.OpenEnum;

/**
 * The state of a task, as Ray defines it. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record TaskState(String value) implements OpenEnum {
    /** Not reported yet. */
    public static final TaskState NIL = new TaskState("NIL");

    /** Waits for its arguments. */
    public static final TaskState PENDING_ARGS_AVAIL = new TaskState("PENDING_ARGS_AVAIL");

    /** Waits for a node. */
    public static final TaskState PENDING_NODE_ASSIGNMENT = new TaskState("PENDING_NODE_ASSIGNMENT");

    /** Waits for memory in the object store. */
    public static final TaskState PENDING_OBJ_STORE_MEM_AVAIL = new TaskState("PENDING_OBJ_STORE_MEM_AVAIL");

    /** Waits for the transfer of its arguments to its node. */
    public static final TaskState PENDING_ARGS_FETCH = new TaskState("PENDING_ARGS_FETCH");

    /** Sent to a worker. */
    public static final TaskState SUBMITTED_TO_WORKER = new TaskState("SUBMITTED_TO_WORKER");

    /** Waits for the transfer of its arguments to its actor. */
    public static final TaskState PENDING_ACTOR_TASK_ARGS_FETCH = new TaskState("PENDING_ACTOR_TASK_ARGS_FETCH");

    /** Waits for its actor to execute it. */
    public static final TaskState PENDING_ACTOR_TASK_ORDERING_OR_CONCURRENCY =
            new TaskState("PENDING_ACTOR_TASK_ORDERING_OR_CONCURRENCY");

    /** Reads its arguments from the object store. */
    public static final TaskState GETTING_AND_PINNING_ARGS = new TaskState("GETTING_AND_PINNING_ARGS");

    /** Runs. */
    public static final TaskState RUNNING = new TaskState("RUNNING");

    /** Runs, and waits for results of other tasks. */
    public static final TaskState RUNNING_IN_RAY_GET = new TaskState("RUNNING_IN_RAY_GET");

    /** Runs, and waits until other tasks have ended. */
    public static final TaskState RUNNING_IN_RAY_WAIT = new TaskState("RUNNING_IN_RAY_WAIT");

    /** Ended successfully. */
    public static final TaskState FINISHED = new TaskState("FINISHED");

    /** Ended with an error. */
    public static final TaskState FAILED = new TaskState("FAILED");

    @Override
    public String toString() {
        return value;
    }
}
