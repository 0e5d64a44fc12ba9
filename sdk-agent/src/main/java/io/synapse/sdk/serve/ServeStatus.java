package io.synapse.sdk.serve;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a cluster tells about Serve and its applications. What a server leaves out is null or empty; where Serve does
 * not run, that is nearly all of it. Immutable.
 *
 * @param controllerInfo the actor that keeps the applications as they are to be
 * @param proxyLocation on which nodes requests are taken
 * @param httpOptions how they are taken over HTTP: {@code host}, {@code port} …
 * @param grpcOptions how they are taken over gRPC
 * @param proxies who takes them, by node id
 * @param applications the applications, by name
 * @param targetCapacity to how many percent of its replicas each deployment is scaled; null for all
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    public ServeStatus {
        httpOptions = Copies.of(httpOptions);
        grpcOptions = Copies.of(grpcOptions);
        proxies = Copies.of(proxies);
        applications = Copies.of(applications);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** Whether Serve runs, be it without an application. The first configuration starts it. */
    public boolean running() {
        return controllerInfo != null && controllerInfo.actorId() != null;
    }
}
