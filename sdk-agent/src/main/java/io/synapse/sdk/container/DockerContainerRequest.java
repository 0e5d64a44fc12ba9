package io.synapse.sdk.container;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which Docker container to create for a plugin release, without a record.
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
     * Checks that there is a release.
     *
     * @throws IllegalArgumentException when there is none
     */
    public DockerContainerRequest {
        if (pluginRelease.isBlank()) {
            throw new IllegalArgumentException("a container needs a plugin release");
        }
        params = Copies.of(params);
        envs = Copies.of(envs);
        metadata = Copies.of(metadata);
        labels = Copies.of(labels);
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
