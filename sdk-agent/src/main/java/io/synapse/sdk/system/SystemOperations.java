package io.synapse.sdk.system;

import io.synapse.sdk.Performer;
import java.time.Duration;

/** Operations on the agent itself: its health and its Docker Compose deployment. */
public interface SystemOperations extends Performer {
    /** The health of the agent, and whether it has access to Docker. */
    default Health healthCheck() {
        return perform(SystemEndpoints.health());
    }

    /**
     * Waits until the agent responds, for instance after a restart.
     *
     * @throws io.synapse.sdk.RequestTimeoutException when it does not respond in that time
     */
    default Health waitForHealth(Duration timeout) {
        return perform(SystemEndpoints.awaitHealth(timeout));
    }

    /** Whether the agent is being updated or restarted. */
    default SystemStatus getSystemStatus() {
        return perform(SystemEndpoints.status());
    }

    /**
     * The Docker Compose configuration of the agent.
     *
     * @throws io.synapse.sdk.ServerException with status 501 when it does not run on Docker Compose
     */
    default ComposeConfig getComposeConfig() {
        return perform(SystemEndpoints.composeConfig());
    }

    /**
     * Updates the agent's services to other image tags; waits up to 10 minutes. The connection may break while the
     * agent restarts; then call {@link #waitForHealth}.
     *
     * @throws io.synapse.sdk.ConflictException when another operation is in progress
     */
    default SystemChange updateSystem(SystemUpdate update) {
        return perform(SystemEndpoints.update(update));
    }

    /**
     * Restarts the agent's services; waits up to 10 minutes. The connection may break while the agent restarts; then
     * call {@link #waitForHealth}.
     *
     * @throws io.synapse.sdk.ConflictException when another operation is in progress
     */
    default SystemChange restartSystem() {
        return perform(SystemEndpoints.restart());
    }
}
