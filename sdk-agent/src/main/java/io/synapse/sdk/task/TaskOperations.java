package io.synapse.sdk.task;

import io.synapse.sdk.Performer;
import java.util.List;

/**
 * Tasks: what jobs are made of.
 */
public interface TaskOperations extends Performer {
    /** The tasks that the server remembers. */
    default List<Task> listTasks() {
        return perform(TaskEndpoints.list());
    }

    /**
     * One task.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when it is not an id, before anything is sent
     */
    default Task getTask(String id) {
        return perform(TaskEndpoints.get(id));
    }
}
