package io.synapse.sdk.task;

import io.synapse.sdk.Performer;
import java.util.List;

/** Operations on tasks. */
public interface TaskOperations extends Performer {
    /**
     * The tasks that the server still lists.
     *
     * <p>On Ray, at most 10,000, without the drivers of jobs, and a retried task once for each attempt. If there are
     * more, or some cannot be listed, a warning is logged ({@code io.synapse.sdk.state});
     * {@code RayClient.listTasks(StateQuery)} returns this information.
     *
     * @throws io.synapse.sdk.ServerException when a Ray cluster returns none and warns that the list is incomplete
     */
    default List<Task> listTasks() {
        return perform(TaskEndpoints.list());
    }

    /**
     * One task; of a retried task, the last attempt.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not a valid id; nothing is sent then
     */
    default Task getTask(String id) {
        return perform(TaskEndpoints.get(id));
    }
}
