package io.synapse.sdk.system;

import io.synapse.sdk.AsyncPerformer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link SystemOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncSystemOperations extends AsyncPerformer {
    /** How the agent is, and whether it reaches Docker. */
    default CompletableFuture<Health> healthCheck() {
        return perform(SystemEndpoints.health());
    }

    /**
     * Waits until the agent answers, as after a restart.
     *
     * @throws io.synapse.sdk.RequestTimeoutException when it does not in that time
     */
    default CompletableFuture<Health> waitForHealth(Duration timeout) {
        return perform(SystemEndpoints.awaitHealth(timeout));
    }

    /** Whether the agent is being updated or restarted. */
    default CompletableFuture<SystemStatus> getSystemStatus() {
        return perform(SystemEndpoints.status());
    }

    /**
     * The Docker Compose configuration the agent runs on.
     *
     * @throws io.synapse.sdk.ServerException with status 501 when it does not run on Docker Compose
     */
    default CompletableFuture<ComposeConfig> getComposeConfig() {
        return perform(SystemEndpoints.composeConfig());
    }

    /**
     * Updates the agent's services to other image tags; waits up to 10 minutes for that. The connection may break while
     * the agent restarts; then wait with {@link #waitForHealth}.
     *
     * @throws io.synapse.sdk.ConflictException when another operation is in progress
     */
    default CompletableFuture<SystemChange> updateSystem(SystemUpdate update) {
        return perform(SystemEndpoints.update(update));
    }

    /**
     * Restarts the agent's services; waits up to 10 minutes for that. The connection may break while the agent restarts;
     * then wait with {@link #waitForHealth}.
     *
     * @throws io.synapse.sdk.ConflictException when another operation is in progress
     */
    default CompletableFuture<SystemChange> restartSystem() {
        return perform(SystemEndpoints.restart());
    }
}
