package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An actor, as Ray's state API describes it. What it leaves out is null or empty; all after the namespace it tells only
 * when asked for detail. Immutable.
 *
 * @param actorId its id; empty if Ray says none
 * @param className the class that it is of; {@code JobSupervisor} for those with which Ray runs jobs
 * @param state where it stands
 * @param jobId Ray's own id of the job that it belongs to
 * @param name its name; empty if it has none
 * @param nodeId the node that it runs on, or ran on last
 * @param pid its process; 0 if it has none yet
 * @param rayNamespace the namespace of its name
 * @param requiredResources what it needs, by name: CPU, GPU, memory (bytes) and others
 * @param deathCause why it is gone, as Ray says it: one field, named by the kind of cause
 * @param isDetached whether it outlives its job
 * @param placementGroupId the placement group that it is to run in, if any
 * @param reprName how it calls itself; empty if it does not
 * @param numRestarts how often it was made again
 * @param additionalProperties fields that this version does not know
 */
public record Actor(
        String actorId,
        @Nullable String className,
        @Nullable ActorState state,
        @Nullable String jobId,
        @Nullable String name,
        @Nullable String nodeId,
        @Nullable Long pid,
        @Nullable String rayNamespace,
        Map<String, Double> requiredResources,
        Map<String, @Nullable Object> deathCause,
        @Nullable Boolean isDetached,
        @Nullable String placementGroupId,
        @Nullable String reprName,
        @Nullable Integer numRestarts,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Actor {
        actorId = actorId == null ? "" : actorId;
        requiredResources = Copies.of(requiredResources);
        deathCause = Copies.of(deathCause);
        additionalProperties = Copies.of(additionalProperties);
    }
}
