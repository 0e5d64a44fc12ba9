package io.synapse.sdk.serve;

import io.synapse.sdk.agent.internal.Copies;
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
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public ServeApplication {
        deployments = Copies.of(deployments);
        additionalProperties = Copies.of(additionalProperties);
    }
}
