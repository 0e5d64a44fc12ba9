package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
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
 * @param recentDeadReplicas replicas that it had until a short while ago
 * @param deploymentConfig its settings, those that nobody set included
 * @param requiredResources what each replica takes, by Ray's name of the resource: {@code CPU}, {@code GPU} …
 * @param additionalProperties fields that this version does not know
 */
public record Deployment(
        @Nullable String name,
        @Nullable DeploymentStatus status,
        @Nullable String statusTrigger,
        @Nullable String message,
        @Nullable Integer targetNumReplicas,
        List<Replica> replicas,
        List<Replica> recentDeadReplicas,
        Map<String, @Nullable Object> deploymentConfig,
        Map<String, @Nullable Object> requiredResources,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public Deployment {
        replicas = Copies.of(replicas);
        recentDeadReplicas = Copies.of(recentDeadReplicas);
        deploymentConfig = Copies.of(deploymentConfig);
        requiredResources = Copies.of(requiredResources);
        additionalProperties = Copies.of(additionalProperties);
    }
}
