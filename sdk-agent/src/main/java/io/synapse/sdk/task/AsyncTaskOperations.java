package io.synapse.sdk.task;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link TaskOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncTaskOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link TaskOperations#listTasks}. */
    default CompletableFuture<List<Task>> listTasks() {
        return perform(TaskEndpoints.list());
    }

    /** Asynchronous twin of {@link TaskOperations#getTask}. */
    default CompletableFuture<Task> getTask(String id) {
        return perform(TaskEndpoints.get(id));
    }
}
