package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Docker container to create for a plugin release, without a record. Immutable: each method gives a changed copy.
 *
 * @param pluginRelease the release: {@code code@version}; not blank
 * @param params parameters of the plugin
 * @param envs environment variables of the container
 * @param metadata words of your own
 * @param labels labels of your own
 */
public record DockerContainerRequest(
        String pluginRelease,
        Map<String, @Nullable Object> params,
        Map<String, String> envs,
        Map<String, @Nullable Object> metadata,
        List<String> labels) {
    /**
     * Checks all of it.
     *
     * @throws IllegalArgumentException when there is no release
     * @throws BadRequestException when the release, a variable or a label cannot be one
     */
    public DockerContainerRequest {
        if (pluginRelease == null || pluginRelease.isBlank()) {
            throw new IllegalArgumentException("a container needs a plugin release");
        }
        ContainerChecks.release(pluginRelease);
        ContainerChecks.environment(envs);
        ContainerChecks.labels(labels);
        params = Copies.of(params);
        envs = Copies.of(envs);
        metadata = Copies.of(metadata);
        labels = Copies.of(labels);
    }

    /** A container of a release: {@code code@version}. */
    public static DockerContainerRequest of(String release) {
        return new DockerContainerRequest(release, Map.of(), Map.of(), Map.of(), List.of());
    }

    /** The same with these parameters of the plugin. */
    public DockerContainerRequest params(Map<String, @Nullable Object> values) {
        return new DockerContainerRequest(pluginRelease, values, envs, metadata, labels);
    }

    /** The same with these environment variables. */
    public DockerContainerRequest envs(Map<String, String> variables) {
        return new DockerContainerRequest(pluginRelease, params, variables, metadata, labels);
    }

    /** The same with these words of your own. */
    public DockerContainerRequest metadata(Map<String, @Nullable Object> words) {
        return new DockerContainerRequest(pluginRelease, params, envs, words, labels);
    }

    /** The same with these labels. */
    public DockerContainerRequest labels(List<String> words) {
        return new DockerContainerRequest(pluginRelease, params, envs, metadata, words);
    }

    /** What is sent: only what was given. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("plugin_release", pluginRelease);
        if (!params.isEmpty()) {
            body.put("params", params);
        }
        if (!envs.isEmpty()) {
            body.put("envs", envs);
        }
        if (!metadata.isEmpty()) {
            body.put("metadata", metadata);
        }
        if (!labels.isEmpty()) {
            body.put("labels", labels);
        }
        return body;
    }
}
