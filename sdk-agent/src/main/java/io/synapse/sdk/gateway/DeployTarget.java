package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * Where a project is deployed to. Open enumeration.
 *
 * @param value the value as sent, for instance {@code staging}
 */
public record DeployTarget(String value) implements OpenEnum {
    /** The machine of the service. */
    public static final DeployTarget LOCAL = new DeployTarget("local");

    /** Where it is tried. */
    public static final DeployTarget STAGING = new DeployTarget("staging");

    /** Where it is used. */
    public static final DeployTarget PRODUCTION = new DeployTarget("production");

    @Override
    public String toString() {
        return value;
    }
}
