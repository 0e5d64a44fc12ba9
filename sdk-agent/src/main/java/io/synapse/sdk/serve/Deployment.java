package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a Serve application. Immutable.
 *
 * @param name its name
 * @param status its status
 * @param statusTrigger the cause of its status
 * @param message a description of its status
 * @param targetNumReplicas the target number of replicas
 * @param replicas its replicas
 * @param recentDeadReplicas replicas that ended recently
 * @param deploymentConfig its settings, defaults included
 * @param requiredResources the resources of each replica, by Ray's name of the resource: {@code CPU}, {@code GPU} …
 * @param additionalProperties fields unknown to this version
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
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Deployment {
        replicas = Copies.of(replicas);
        recentDeadReplicas = Copies.of(recentDeadReplicas);
        deploymentConfig = Copies.of(deploymentConfig);
        requiredResources = Copies.of(requiredResources);
        additionalProperties = Copies.of(additionalProperties);
    }
}
