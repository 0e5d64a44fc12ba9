package io.synapse.sdk.ray;

import io.synapse.sdk.Performer;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.time.Duration;

/**
 * What Ray alone can do with Serve applications: deploy them, all of them together.
 *
 * <p>Every call throws a {@link io.synapse.sdk.ServerException} with status 501 where the cluster lacks Ray's package
 * for Serve.
 */
public interface ServeDeploymentOperations extends Performer {
    /** All that the cluster tells about Serve: applications, proxies, controller. */
    default ServeStatus getServeStatus() {
        return perform(ServeDeploymentEndpoints.status());
    }

    /**
     * What deploying this configuration would change now. Changes nothing.
     *
     * @throws io.synapse.sdk.ConflictException when the server does not tell what is deployed
     */
    default ServeChanges previewServeDeployment(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.preview(config));
    }

    /**
     * Puts a configuration in the place of the one that is there. It starts Serve if it does not run, and returns as soon
     * as the server has taken it; {@link #waitForServeApplication} waits for what comes of it. Replicas of applications
     * that stay the same go on.
     *
     * <p>What it would delete is looked at just before it is sent. What somebody else deploys in between is deleted
     * without a word: Ray has no way to prevent that.
     *
     * @return what was changed
     * @throws io.synapse.sdk.ConflictException when it would delete applications, and does not say that it may; nothing
     *     has changed then
     * @throws io.synapse.sdk.BadRequestException when the server finds something wrong with it
     */
    default ServeChanges deployServeApplications(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.deploy(config));
    }

    /**
     * Deletes all applications, those deployed from Python too, and ends Serve itself with its proxies; nothing happens
     * when it does not run. Returns when it is over, which may take as long as the requests under way do.
     */
    default void deleteAllServeApplications() {
        perform(ServeDeploymentEndpoints.deleteAll());
    }

    /**
     * Waits until an application runs, and gives it back. A server that is out of reach for a while does not end the wait.
     *
     * @param name its name, any text but an empty one, "." and ".."
     * @param timeout how long to wait at the most
     * @throws io.synapse.sdk.ConflictException when it cannot be deployed or is being deleted, with the server's reason;
     *     {@code detail()} has all that the application and its deployments say, by who says it
     * @throws io.synapse.sdk.RequestTimeoutException when it does not run by then
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default ServeApplication waitForServeApplication(String name, Duration timeout) {
        return perform(ServeDeploymentEndpoints.await(name, timeout));
    }
}
