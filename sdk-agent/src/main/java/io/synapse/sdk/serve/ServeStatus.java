package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The status of Serve and its applications. Fields that the server omits are null or empty; if Serve does not run,
 * these are nearly all. Immutable.
 *
 * @param controllerInfo the controller actor
 * @param proxyLocation the nodes that accept requests
 * @param httpOptions the HTTP options: {@code host}, {@code port} …
 * @param grpcOptions the gRPC options
 * @param proxies the proxies, by node id
 * @param applications the applications, by name
 * @param targetCapacity the percentage of its replicas that each deployment is scaled to; null for all replicas
 * @param additionalProperties fields unknown to this version
 */
public record ServeStatus(
        @Nullable ServeActor controllerInfo,
        @Nullable ProxyLocation proxyLocation,
        Map<String, @Nullable Object> httpOptions,
        Map<String, @Nullable Object> grpcOptions,
        Map<String, ServeActor> proxies,
        Map<String, ServeApplication> applications,
        @Nullable Double targetCapacity,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ServeStatus {
        httpOptions = Copies.of(httpOptions);
        grpcOptions = Copies.of(grpcOptions);
        proxies = Copies.of(proxies);
        applications = Copies.of(applications);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** Whether Serve runs, with or without applications. Deploying a configuration starts it. */
    public boolean running() {
        return controllerInfo != null && controllerInfo.actorId() != null;
    }
}
