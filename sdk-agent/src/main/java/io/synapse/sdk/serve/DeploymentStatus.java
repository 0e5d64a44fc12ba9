package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * The status of a deployment of a Serve application. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record DeploymentStatus(String value) implements OpenEnum {
    /** Being updated. */
    public static final DeploymentStatus UPDATING = new DeploymentStatus("UPDATING");

    /** Healthy. */
    public static final DeploymentStatus HEALTHY = new DeploymentStatus("HEALTHY");

    /** Unhealthy. */
    public static final DeploymentStatus UNHEALTHY = new DeploymentStatus("UNHEALTHY");

    /** Could not be deployed. */
    public static final DeploymentStatus DEPLOY_FAILED = new DeploymentStatus("DEPLOY_FAILED");

    /** Adding replicas. */
    public static final DeploymentStatus UPSCALING = new DeploymentStatus("UPSCALING");

    /** Removing replicas. */
    public static final DeploymentStatus DOWNSCALING = new DeploymentStatus("DOWNSCALING");

    @Override
    public String toString() {
        return value;
    }
}
