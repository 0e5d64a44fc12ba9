package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Ray Serve application, as the server describes it. What a server leaves out is null or empty. Immutable.
 *
 * @param name its name
 * @param status where it stands
 * @param routePrefix the path that it answers at; null while it has none
 * @param docsPath where its documentation is
 * @param message how it stands, in words
 * @param lastDeployedTimeS when it was last deployed
 * @param deployments its deployments, by name
 * @param source how it came to be there; null where the server does not tell
 * @param deployedAppConfig what it was deployed with, as it was sent; empty when it was deployed from Python or is being
 *     deleted, and where the server does not tell
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    public ServeApplication {
        deployments = Copies.of(deployments);
        deployedAppConfig = Copies.of(deployedAppConfig);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * Whether it stands by a configuration, so that the next one without it deletes it: neither deployed from Python nor
     * being deleted.
     */
    public boolean hasConfiguration() {
        boolean configured =
                source == null ? !deployedAppConfig.isEmpty() : source.equals(ApplicationSource.DECLARATIVE);
        return configured && !ApplicationStatus.DELETING.equals(status);
    }
}
