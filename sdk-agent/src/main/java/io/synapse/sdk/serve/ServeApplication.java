package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Ray Serve application. Fields that the server omits are null or empty. Immutable.
 *
 * @param name its name
 * @param status its status
 * @param routePrefix its HTTP path; null if it has none
 * @param docsPath the path of its documentation
 * @param message a description of its status
 * @param lastDeployedTimeS when it was last deployed
 * @param deployments its deployments, by name
 * @param source how it was deployed; null if the server does not send it
 * @param deployedAppConfig the configuration it was deployed with; empty if it was deployed from Python or is being
 *     deleted, or if the server does not send it
 * @param additionalProperties fields unknown to this version
 */
public record ServeApplication(
        @Nullable String name,
        @Nullable ApplicationStatus status,
        @Nullable String routePrefix,
        @Nullable String docsPath,
        @Nullable String message,
        @Nullable Instant lastDeployedTimeS,
        Map<String, Deployment> deployments,
        @Nullable ApplicationSource source,
        Map<String, @Nullable Object> deployedAppConfig,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ServeApplication {
        deployments = Copies.of(deployments);
        deployedAppConfig = Copies.of(deployedAppConfig);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * Whether it belongs to a configuration, so that the next one without it deletes it: it was not deployed from
     * Python and is not being deleted.
     */
    public boolean hasConfiguration() {
        boolean configured =
                source == null ? !deployedAppConfig.isEmpty() : source.equals(ApplicationSource.DECLARATIVE);
        return configured && !ApplicationStatus.DELETING.equals(status);
    }
}
