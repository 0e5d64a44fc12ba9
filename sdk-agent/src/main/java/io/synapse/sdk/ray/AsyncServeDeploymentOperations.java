package io.synapse.sdk.ray;

import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.serve.ServeChanges;
import io.synapse.sdk.serve.ServeConfig;
import io.synapse.sdk.serve.ServeStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link ServeDeploymentOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncServeDeploymentOperations extends AsyncPerformer {
    /** All that the cluster tells about Serve: applications, proxies, controller. */
    default CompletableFuture<ServeStatus> getServeStatus() {
        return perform(ServeDeploymentEndpoints.status());
    }

    /**
     * What deploying this configuration would change now. Changes nothing.
     *
     * @throws io.synapse.sdk.ConflictException when the server does not tell what is deployed
     */
    default CompletableFuture<ServeChanges> previewServeDeployment(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.preview(config));
    }

    /**
     * Puts a configuration in the place of the one that is there, as
     * {@link ServeDeploymentOperations#deployServeApplications}.
     *
     * @throws io.synapse.sdk.ConflictException when it would delete applications, and does not say that it may; nothing
     *     has changed then
     * @throws io.synapse.sdk.BadRequestException when the server finds something wrong with it
     */
    default CompletableFuture<ServeChanges> deployServeApplications(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.deploy(config));
    }

    /** Deletes all applications and ends Serve, as {@link ServeDeploymentOperations#deleteAllServeApplications}. */
    default CompletableFuture<@Nullable Void> deleteAllServeApplications() {
        return perform(ServeDeploymentEndpoints.deleteAll());
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
    default CompletableFuture<ServeApplication> waitForServeApplication(String name, Duration timeout) {
        return perform(ServeDeploymentEndpoints.await(name, timeout));
    }
}
