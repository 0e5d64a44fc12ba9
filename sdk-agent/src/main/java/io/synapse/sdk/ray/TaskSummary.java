package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.task.TaskState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks stand where, by their names. Immutable.
 *
 * @param summary the tasks of each name
 * @param totalTasks how many tasks there are that belong to no actor
 * @param totalActorTasks how many calls of actors there are
 * @param totalActorScheduled how many tasks there are that make an actor
 * @param additionalProperties fields that this version does not know
 */
public record TaskSummary(
        Map<String, Group> summary,
        long totalTasks,
        long totalActorTasks,
        long totalActorScheduled,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public TaskSummary {
        summary = Copies.of(summary);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * The tasks of one name.
     *
     * @param funcOrClassName the function or class that they run
     * @param type what kind of tasks they are: NORMAL_TASK, ACTOR_TASK, ACTOR_CREATION_TASK
     * @param stateCounts how many of them stand where
     * @param additionalProperties fields that this version does not know
     */
    public record Group(
            @Nullable String funcOrClassName,
            @Nullable String type,
            Map<TaskState, Long> stateCounts,
            Map<String, @Nullable Object> additionalProperties) {
        /** Takes it as the server gave it. */
        @SuppressWarnings("NullAway") // a server may leave it out
        public Group {
            stateCounts = stateCounts == null ? Map.of() : Map.copyOf(stateCounts);
            additionalProperties = Copies.of(additionalProperties);
        }

        /** How many of them stand there. */
        public long count(TaskState state) {
            return stateCounts.getOrDefault(state, 0L);
        }
    }
}
