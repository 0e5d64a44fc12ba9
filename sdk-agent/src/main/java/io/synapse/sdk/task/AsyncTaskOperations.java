package io.synapse.sdk.task;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link TaskOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncTaskOperations extends AsyncPerformer {
    /** The tasks that the server remembers. */
    default CompletableFuture<List<Task>> listTasks() {
        return perform(TaskEndpoints.list());
    }

    /**
     * One task.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not an id, before anything is sent
     */
    default CompletableFuture<Task> getTask(String id) {
        return perform(TaskEndpoints.get(id));
    }
}
