package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.task.TaskState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of tasks by name and state. Immutable.
 *
 * @param summary the tasks of each name
 * @param totalTasks the number of tasks that belong to no actor
 * @param totalActorTasks the number of method calls of actors
 * @param totalActorScheduled the number of tasks that create an actor
 * @param additionalProperties fields unknown to this version
 */
public record TaskSummary(
        Map<String, Group> summary,
        long totalTasks,
        long totalActorTasks,
        long totalActorScheduled,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public TaskSummary {
        summary = Copies.of(summary);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * The tasks of one name.
     *
     * @param funcOrClassName the function or class that they run
     * @param type the type of the tasks: NORMAL_TASK, ACTOR_TASK, ACTOR_CREATION_TASK
     * @param stateCounts the number of tasks in each state
     * @param additionalProperties fields unknown to this version
     */
    public record Group(
            @Nullable String funcOrClassName,
            @Nullable String type,
            Map<TaskState, Long> stateCounts,
            Map<String, @Nullable Object> additionalProperties) {
        /** Replaces absent maps and lists by empty ones and copies the others. */
        @SuppressWarnings("NullAway") // a server may omit it
        public Group {
            stateCounts = stateCounts == null ? Map.of() : Map.copyOf(stateCounts);
            additionalProperties = Copies.of(additionalProperties);
        }

        /** The number of tasks in this state. */
        public long count(TaskState state) {
            return stateCounts.getOrDefault(state, 0L);
        }
    }
}
