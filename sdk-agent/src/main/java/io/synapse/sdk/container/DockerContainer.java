package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Docker container of the host, as Docker lists it (<a
 * href="https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerList">Engine
 * API</a>). What a server leaves out is null or empty; what it says in another way is in
 * {@code additionalProperties}. Immutable.
 *
 * @param id its Docker id
 * @param name its name, without Docker's slash
 * @param image the image that it was made of
 * @param state where it stands, in one word of Docker's: {@code created}, {@code running}, {@code exited} …
 * @param status the same for people, where the agent gives both: {@code Up 3 minutes}, {@code Exited (0) 2 hours ago};
 *     some agents say the state here
 * @param ports its ports
 * @param labels its labels
 * @param created when it was created
 * @param additionalProperties fields that this version does not know
 */
public record DockerContainer(
        @Nullable String id,
        @Nullable String name,
        @Nullable String image,
        @Nullable String state,
        @Nullable String status,
        List<Port> ports,
        Map<String, String> labels,
        @Nullable Instant created,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public DockerContainer {
        name = name != null && name.startsWith("/") ? name.substring(1) : name;
        ports = Copies.of(ports);
        labels = Copies.of(labels);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * A port of a container, in Docker's words.
     *
     * @param ip the address of the host that it is published at; null when it is not published
     * @param privatePort the port in the container
     * @param publicPort the port of the host that leads to it; null when it is not published
     * @param type its protocol: {@code tcp}, {@code udp} or {@code sctp}
     */
    public record Port(
            @Nullable String ip,
            int privatePort,
            @Nullable Integer publicPort,
            @Nullable String type) {}
}
