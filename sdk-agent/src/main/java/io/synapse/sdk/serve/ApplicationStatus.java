package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * The status of a Serve application. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ApplicationStatus(String value) implements OpenEnum {
    /** Not started yet. */
    public static final ApplicationStatus NOT_STARTED = new ApplicationStatus("NOT_STARTED");

    /** Being deployed. */
    public static final ApplicationStatus DEPLOYING = new ApplicationStatus("DEPLOYING");

    /** Could not be deployed. */
    public static final ApplicationStatus DEPLOY_FAILED = new ApplicationStatus("DEPLOY_FAILED");

    /** Runs. */
    public static final ApplicationStatus RUNNING = new ApplicationStatus("RUNNING");

    /** Runs, with errors. */
    public static final ApplicationStatus UNHEALTHY = new ApplicationStatus("UNHEALTHY");

    /** Being deleted. */
    public static final ApplicationStatus DELETING = new ApplicationStatus("DELETING");

    @Override
    public String toString() {
        return value;
    }
}
