package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * Where a deployment of a Serve application stands. An open set.
 *
 * @param value the word as the server says it
 */
public record DeploymentStatus(String value) implements OpenEnum {
    /** Being updated. */
    public static final DeploymentStatus UPDATING = new DeploymentStatus("UPDATING");

    /** All is well. */
    public static final DeploymentStatus HEALTHY = new DeploymentStatus("HEALTHY");

    /** Something is wrong. */
    public static final DeploymentStatus UNHEALTHY = new DeploymentStatus("UNHEALTHY");

    /** Could not be deployed. */
    public static final DeploymentStatus DEPLOY_FAILED = new DeploymentStatus("DEPLOY_FAILED");

    /** Getting more replicas. */
    public static final DeploymentStatus UPSCALING = new DeploymentStatus("UPSCALING");

    /** Getting fewer replicas. */
    public static final DeploymentStatus DOWNSCALING = new DeploymentStatus("DOWNSCALING");

    @Override
    public String toString() {
        return value;
    }
}
