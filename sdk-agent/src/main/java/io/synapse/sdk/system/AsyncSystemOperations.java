package io.synapse.sdk.system;

import io.synapse.sdk.AsyncPerformer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link SystemOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncSystemOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link SystemOperations#healthCheck}. */
    default CompletableFuture<Health> healthCheck() {
        return perform(SystemEndpoints.health());
    }

    /** Asynchronous twin of {@link SystemOperations#waitForHealth}. */
    default CompletableFuture<Health> waitForHealth(Duration timeout) {
        return perform(SystemEndpoints.awaitHealth(timeout));
    }

    /** Asynchronous twin of {@link SystemOperations#getSystemStatus}. */
    default CompletableFuture<SystemStatus> getSystemStatus() {
        return perform(SystemEndpoints.status());
    }

    /** Asynchronous twin of {@link SystemOperations#getComposeConfig}. */
    default CompletableFuture<ComposeConfig> getComposeConfig() {
        return perform(SystemEndpoints.composeConfig());
    }

    /** Asynchronous twin of {@link SystemOperations#updateSystem}. */
    default CompletableFuture<SystemChange> updateSystem(SystemUpdate update) {
        return perform(SystemEndpoints.update(update));
    }

    /** Asynchronous twin of {@link SystemOperations#restartSystem}. */
    default CompletableFuture<SystemChange> restartSystem() {
        return perform(SystemEndpoints.restart());
    }
}
