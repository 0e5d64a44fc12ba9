package io.synapse.sdk.task;

import io.synapse.sdk.OpenEnum;

/**
 * Where a task stands, in Ray's words. An open set.
 *
 * @param value the word as the server says it
 */
public record TaskState(String value) implements OpenEnum {
    /** Nothing is known of it yet. */
    public static final TaskState NIL = new TaskState("NIL");

    /** Waits for its arguments. */
    public static final TaskState PENDING_ARGS_AVAIL = new TaskState("PENDING_ARGS_AVAIL");

    /** Waits for a node. */
    public static final TaskState PENDING_NODE_ASSIGNMENT = new TaskState("PENDING_NODE_ASSIGNMENT");

    /** Waits for room in the object store. */
    public static final TaskState PENDING_OBJ_STORE_MEM_AVAIL = new TaskState("PENDING_OBJ_STORE_MEM_AVAIL");

    /** Waits until its arguments are on its node. */
    public static final TaskState PENDING_ARGS_FETCH = new TaskState("PENDING_ARGS_FETCH");

    /** On its way to a worker. */
    public static final TaskState SUBMITTED_TO_WORKER = new TaskState("SUBMITTED_TO_WORKER");

    /** Waits until its arguments are with its actor. */
    public static final TaskState PENDING_ACTOR_TASK_ARGS_FETCH = new TaskState("PENDING_ACTOR_TASK_ARGS_FETCH");

    /** Waits for its turn with its actor. */
    public static final TaskState PENDING_ACTOR_TASK_ORDERING_OR_CONCURRENCY =
            new TaskState("PENDING_ACTOR_TASK_ORDERING_OR_CONCURRENCY");

    /** Takes its arguments from the object store. */
    public static final TaskState GETTING_AND_PINNING_ARGS = new TaskState("GETTING_AND_PINNING_ARGS");

    /** Runs. */
    public static final TaskState RUNNING = new TaskState("RUNNING");

    /** Runs, and waits for what other tasks give. */
    public static final TaskState RUNNING_IN_RAY_GET = new TaskState("RUNNING_IN_RAY_GET");

    /** Runs, and waits until other tasks have ended. */
    public static final TaskState RUNNING_IN_RAY_WAIT = new TaskState("RUNNING_IN_RAY_WAIT");

    /** Ended well. */
    public static final TaskState FINISHED = new TaskState("FINISHED");

    /** Ended badly. */
    public static final TaskState FAILED = new TaskState("FAILED");

    @Override
    public String toString() {
        return value;
    }
}
