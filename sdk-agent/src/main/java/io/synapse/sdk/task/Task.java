package io.synapse.sdk.task;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task, as the server describes it in the words of Ray's state API. What a server leaves out is null. Immutable.
 *
 * @param taskId its id; empty if the server says none
 * @param attemptNumber which attempt it is, from 0
 * @param name its name
 * @param state where it stands
 * @param jobId the job it belongs to
 * @param actorId the actor that it belongs to, if it does
 * @param parentTaskId the task that submitted it
 * @param type what kind of task it is: NORMAL_TASK, ACTOR_TASK, DRIVER_TASK …
 * @param funcOrClassName the function or class that it runs
 * @param nodeId the node that it runs on
 * @param workerId the worker that it runs in
 * @param workerPid the process that it runs in
 * @param errorType why it failed
 * @param errorMessage why it failed, in words
 * @param requiredResources what it needs, by name: CPU, GPU, memory (bytes) and others
 * @param placementGroupId the placement group that it is to run in, if any
 * @param creationTimeMs when it was submitted
 * @param startTimeMs when it started; for ever null where its worker ended before it reported that, which it does once a
 *     second (seen with Ray 2.58)
 * @param endTimeMs when it ended
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Task {
        taskId = taskId == null ? "" : taskId;
        requiredResources = Copies.of(requiredResources);
        additionalProperties = Copies.of(additionalProperties);
    }
}
