package io.synapse.sdk.serve;

import io.synapse.sdk.agent.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a Serve application. Immutable.
 *
 * @param name its name
 * @param status where it stands
 * @param statusTrigger what brought it there
 * @param message how it stands, in words
 * @param targetNumReplicas how many replicas it is to have
 * @param replicas the replicas it has
 * @param additionalProperties fields that this version does not know
 */
public record Deployment(
        @Nullable String name,
        @Nullable DeploymentStatus status,
        @Nullable String statusTrigger,
        @Nullable String message,
        @Nullable Integer targetNumReplicas,
        List<Replica> replicas,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public Deployment {
        replicas = Copies.of(replicas);
        additionalProperties = Copies.of(additionalProperties);
    }
}
