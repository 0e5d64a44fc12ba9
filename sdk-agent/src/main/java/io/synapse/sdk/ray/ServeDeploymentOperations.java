package io.synapse.sdk.ray;

import io.synapse.sdk.Performer;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.time.Duration;

/**
 * Operations on Serve applications that only Ray supports: deploying all applications together.
 *
 * <p>Every call throws a {@link io.synapse.sdk.ServerException} with status 501 if Ray Serve is not installed on the
 * cluster.
 */
public interface ServeDeploymentOperations extends Performer {
    /** The status of Serve: applications, proxies, controller. */
    default ServeStatus getServeStatus() {
        return perform(ServeDeploymentEndpoints.status());
    }

    /**
     * The changes that deploying this configuration would make now. Changes nothing.
     *
     * @throws io.synapse.sdk.ConflictException when the server does not report what is deployed
     */
    default ServeChanges previewServeDeployment(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.preview(config));
    }

    /**
     * Replaces the current configuration. Starts Serve if it does not run, and returns as soon as the server has
     * accepted the configuration; {@link #waitForServeApplication} waits for the result. Replicas of unchanged
     * applications continue to run.
     *
     * <p>The client checks what would be deleted just before it sends the configuration. An application that another
     * client deploys in between is deleted silently: Ray cannot prevent that.
     *
     * @return the changes
     * @throws io.synapse.sdk.ConflictException when it would delete applications without permission to do so; nothing
     *     has changed then
     * @throws io.synapse.sdk.BadRequestException when the server rejects the configuration
     */
    default ServeChanges deployServeApplications(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.deploy(config));
    }

    /**
     * Deletes all applications, including those deployed from Python, and stops Serve with its proxies; does nothing if
     * Serve does not run. Returns after Serve has ended, which may take as long as running requests.
     */
    default void deleteAllServeApplications() {
        perform(ServeDeploymentEndpoints.deleteAll());
    }

    /**
     * Waits until an application runs, and returns it. The wait continues while the server is unreachable.
     *
     * @param name its name; any text except "", "." and ".."
     * @param timeout the longest time to wait
     * @throws io.synapse.sdk.ConflictException when it cannot be deployed or is being deleted, with the server's
     *     reason; {@code detail()} has the messages of the application and its deployments, by source
     * @throws io.synapse.sdk.RequestTimeoutException when it does not run by then
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ServeApplication waitForServeApplication(String name, Duration timeout) {
        return perform(ServeDeploymentEndpoints.await(name, timeout));
    }
}
