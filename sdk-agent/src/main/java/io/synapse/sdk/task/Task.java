package io.synapse.sdk.task;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task, with the fields of Ray's state API. Fields that the server omits are null. Immutable.
 *
 * @param taskId its id; empty if the server sends none
 * @param attemptNumber the number of the attempt, from 0
 * @param name its name
 * @param state its state
 * @param jobId the job it belongs to
 * @param actorId the actor that it belongs to, if any
 * @param parentTaskId the task that submitted it
 * @param type its type: NORMAL_TASK, ACTOR_TASK, DRIVER_TASK …
 * @param funcOrClassName the function or class that it runs
 * @param nodeId the node that it runs on
 * @param workerId the worker that it runs in
 * @param workerPid the process that it runs in
 * @param errorType the type of its error
 * @param errorMessage its error message
 * @param requiredResources its required resources by name: CPU, GPU, memory (bytes) and others
 * @param placementGroupId its placement group, if any
 * @param creationTimeMs when it was submitted
 * @param startTimeMs when it started; remains null if its worker ended before its next report, which it sends once a
 *     second (seen with Ray 2.58)
 * @param endTimeMs when it ended
 * @param additionalProperties fields unknown to this version
 */
public record Task(
        String taskId,
        @Nullable Integer attemptNumber,
        @Nullable String name,
        @Nullable TaskState state,
        @Nullable String jobId,
        @Nullable String actorId,
        @Nullable String parentTaskId,
        @Nullable String type,
        @Nullable String funcOrClassName,
        @Nullable String nodeId,
        @Nullable String workerId,
        @Nullable Long workerPid,
        @Nullable String errorType,
        @Nullable String errorMessage,
        Map<String, Double> requiredResources,
        @Nullable String placementGroupId,
        @Nullable Instant creationTimeMs,
        @Nullable Instant startTimeMs,
        @Nullable Instant endTimeMs,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Task {
        taskId = taskId == null ? "" : taskId;
        requiredResources = Copies.of(requiredResources);
        additionalProperties = Copies.of(additionalProperties);
    }
}
