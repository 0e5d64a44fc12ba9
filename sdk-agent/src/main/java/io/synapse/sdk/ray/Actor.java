package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An actor, with the fields of Ray's state API. Fields that Ray omits are null or empty; those after the namespace are
 * only sent if a query asks for detail. Immutable.
 *
 * @param actorId its id; empty if Ray sends none
 * @param className its class; {@code JobSupervisor} for the actors that run jobs
 * @param state its state
 * @param jobId Ray's own id of the job that it belongs to
 * @param name its name; empty if it has none
 * @param nodeId the node that it runs on or last ran on
 * @param pid its process id; 0 if it has none yet
 * @param rayNamespace the namespace of its name
 * @param requiredResources its required resources by name: CPU, GPU, memory (bytes) and others
 * @param deathCause the cause of its death, as sent by Ray: one field, named by the kind of cause
 * @param isDetached whether it outlives its job
 * @param placementGroupId its placement group, if any
 * @param reprName its custom display name ({@code __repr__}); empty if it has none
 * @param numRestarts how often it was restarted
 * @param additionalProperties fields unknown to this version
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
    /** Replaces absent maps and lists by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Actor {
        actorId = actorId == null ? "" : actorId;
        requiredResources = Copies.of(requiredResources);
        deathCause = Copies.of(deathCause);
        additionalProperties = Copies.of(additionalProperties);
    }
}
