package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Docker container to create for a plugin release, without a record. Immutable: each setter returns a modified copy,
 * and throws a {@link BadRequestException} when a value is out of its range.
 */
public final class DockerContainerRequest extends ValueObject {
    private static final Key<String> RELEASE = new Key<>("plugin_release", "");
    private static final Key<Map<String, @Nullable Object>> PARAMS = new Key<>("params", Map.of());
    private static final Key<Map<String, String>> ENVS = new Key<>("envs", Map.of());
    private static final Key<Map<String, @Nullable Object>> METADATA = new Key<>("metadata", Map.of());
    private static final Key<List<String>> LABELS = new Key<>("labels", List.of());

    private DockerContainerRequest(Attributes attributes) {
        super(attributes);
        if (pluginRelease().isBlank()) {
            throw BadRequestException.refused("a container needs a plugin release");
        }
        ContainerChecks.release(pluginRelease());
        ContainerChecks.environment(envs());
        ContainerChecks.labels(labels());
    }

    /**
     * A container from a release.
     *
     * @param release {@code code@version}
     * @throws BadRequestException when it is blank, or when nothing is before or after its {@code @}
     */
    public static DockerContainerRequest of(String release) {
        return new DockerContainerRequest(Attributes.NONE.with(RELEASE, release));
    }

    /** The release. */
    public String pluginRelease() {
        return attributes.get(RELEASE);
    }

    /** The parameters of the plugin; empty by default. */
    public Map<String, @Nullable Object> params() {
        return attributes.get(PARAMS);
    }

    /** Sets all parameters of the plugin. */
    public DockerContainerRequest params(Map<String, @Nullable Object> params) {
        return new DockerContainerRequest(attributes.with(PARAMS, params));
    }

    /** The environment variables of the container; empty by default. */
    public Map<String, String> envs() {
        return attributes.get(ENVS);
    }

    /** Sets all environment variables; no name may be blank or contain {@code =}. {@link #toString()} masks the values. */
    public DockerContainerRequest envs(Map<String, String> variables) {
        return new DockerContainerRequest(attributes.with(ENVS, variables));
    }

    /** Data of the caller; empty by default. */
    public Map<String, @Nullable Object> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets all of the metadata. */
    public DockerContainerRequest metadata(Map<String, @Nullable Object> metadata) {
        return new DockerContainerRequest(attributes.with(METADATA, metadata));
    }

    /** Labels of the caller; empty by default. */
    public List<String> labels() {
        return attributes.get(LABELS);
    }

    /** Sets all labels; none may be blank. */
    public DockerContainerRequest labels(List<String> labels) {
        return new DockerContainerRequest(attributes.with(LABELS, labels));
    }

    /** The request body: only the properties that were set. */
    Map<String, @Nullable Object> body() {
        return attributes.asMap();
    }
}
