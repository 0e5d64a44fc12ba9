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
    /** Asynchronous twin of {@link ServeDeploymentOperations#getServeStatus}. */
    default CompletableFuture<ServeStatus> getServeStatus() {
        return perform(ServeDeploymentEndpoints.status());
    }

    /** Asynchronous twin of {@link ServeDeploymentOperations#previewServeDeployment}. */
    default CompletableFuture<ServeChanges> previewServeDeployment(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.preview(config));
    }

    /** Asynchronous twin of {@link ServeDeploymentOperations#deployServeApplications}. */
    default CompletableFuture<ServeChanges> deployServeApplications(ServeConfig config) {
        return perform(ServeDeploymentEndpoints.deploy(config));
    }

    /** Asynchronous twin of {@link ServeDeploymentOperations#deleteAllServeApplications}. */
    default CompletableFuture<@Nullable Void> deleteAllServeApplications() {
        return perform(ServeDeploymentEndpoints.deleteAll());
    }

    /** Asynchronous twin of {@link ServeDeploymentOperations#waitForServeApplication}. */
    default CompletableFuture<ServeApplication> waitForServeApplication(String name, Duration timeout) {
        return perform(ServeDeploymentEndpoints.await(name, timeout));
    }
}
