package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Docker container of the host, as Docker lists it
 * (<a href="https://docs.docker.com/reference/api/engine/version/v1.47/#tag/Container/operation/ContainerList">Engine
 * API</a>). Fields that the server omits are null or empty; values of the wrong type are in
 * {@code additionalProperties}. Immutable.
 *
 * @param id its Docker id
 * @param name its name, without Docker's slash
 * @param image its image
 * @param state its state in Docker: {@code created}, {@code running}, {@code exited} …
 * @param status its state as readable text: {@code Up 3 minutes}, {@code Exited (0) 2 hours ago}; some agents send the
 *     state in this field
 * @param ports its ports
 * @param labels its labels
 * @param created when it was created
 * @param additionalProperties fields unknown to this version
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
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public DockerContainer {
        name = name != null && name.startsWith("/") ? name.substring(1) : name;
        ports = Copies.of(ports);
        labels = Copies.of(labels);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * A port of a container, with Docker's fields.
     *
     * @param ip the host address it is published at; null if not published
     * @param privatePort the port in the container
     * @param publicPort the host port it is published at; null if not published
     * @param type its protocol: {@code tcp}, {@code udp} or {@code sctp}
     */
    public record Port(
            @Nullable String ip,
            int privatePort,
            @Nullable Integer publicPort,
            @Nullable String type) {}
}
