package io.synapse.sdk.task;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link TaskOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncTaskOperations extends AsyncPerformer {
    /**
     * The tasks that the server remembers.
     *
     * <p>Of a Ray cluster, 10,000 at most, the drivers of jobs left out, and a task that was tried again once for each
     * attempt. Where there are more, or some could not be asked for, a warning is logged ({@code io.synapse.sdk.state});
     * {@code RayClient.listTasks(StateQuery)} says it in its answer.
     *
     * @throws io.synapse.sdk.ServerException when a Ray cluster gives none and warns that this is not all
     */
    default CompletableFuture<List<Task>> listTasks() {
        return perform(TaskEndpoints.list());
    }

    /**
     * One task; of a task that was tried again, the last attempt.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not an id, before anything is sent
     */
    default CompletableFuture<Task> getTask(String id) {
        return perform(TaskEndpoints.get(id));
    }
}
