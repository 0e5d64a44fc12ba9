package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.RequestContent.UploadProgress;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import io.synapse.sdk.plugin.PluginRelease;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container to create from a plugin release, from an archive that is uploaded, or from both. Immutable: each setter
 * returns a modified copy, and throws a {@link BadRequestException} when a value is out of its range.
 */
public final class ContainerRequest extends ValueObject {
    private static final Key<@Nullable String> RELEASE = Key.of("plugin_release");
    private static final Key<@Nullable Path> ARCHIVE = Key.of("archive");
    private static final Key<@Nullable String> ACTION = Key.of("action");
    private static final Key<@Nullable String> ENTRYPOINT = Key.of("entrypoint");
    private static final Key<@Nullable Long> MODEL = Key.of("model");
    private static final Key<@Nullable Map<String, @Nullable Object>> PARAMS = Key.of("params");
    private static final Key<Map<String, String>> ENVS = new Key<>("envs", Map.of());
    private static final Key<Map<String, @Nullable Object>> METADATA = new Key<>("metadata", Map.of());
    private static final Key<List<String>> LABELS = new Key<>("labels", List.of());
    private static final Key<@Nullable ContainerKind> KIND = Key.of("kind");
    private static final Key<@Nullable Long> BACKEND_ID = Key.of("backend_container_id");
    private static final Key<Duration> BUILD_TIMEOUT = new Key<>("buildTimeout", Duration.ofSeconds(300));
    private static final Key<UploadProgress> PROGRESS = new Key<>("progress", UploadProgress.IGNORED);

    private ContainerRequest(Attributes attributes) {
        super(attributes);
        String release = pluginRelease();
        Path file = archive();
        if (file == null && release == null) {
            throw BadRequestException.refused("a container needs a plugin release or an archive");
        }
        if (release != null) {
            ContainerChecks.release(release);
        }
        if (file != null) {
            ContainerChecks.archive(file);
        }
        ContainerChecks.notNegative("model", model());
        ContainerChecks.notNegative("id of the backend's container", backendContainerId());
        ContainerChecks.environment(envs());
        ContainerChecks.labels(labels());
        if (buildTimeout().isNegative()) {
            throw BadRequestException.refused("the build timeout cannot be negative: " + buildTimeout());
        }
    }

    /**
     * A container from a release.
     *
     * @param release {@code code@version}, split at the last {@code @}; for a code alone, the agent chooses the version
     * @throws BadRequestException when it is blank, or when nothing is before or after its {@code @}
     */
    public static ContainerRequest ofRelease(String release) {
        boolean isBlank = release == null || release.isBlank();
        return new ContainerRequest(isBlank ? Attributes.NONE : Attributes.NONE.with(RELEASE, release));
    }

    /** A container from a release, with its first action, if the release has one. */
    public static ContainerRequest ofRelease(PluginRelease release) {
        ContainerRequest request = ofRelease(release.reference());
        return release.firstAction()
                .map(first -> new ContainerRequest(
                        request.attributes.with(ACTION, first.name()).with(ENTRYPOINT, first.file())))
                .orElse(request);
    }

    /**
     * A container from an archive that is uploaded.
     *
     * @param archive the plugin as a zip file: {@code config.yaml}, {@code plugin/gradio_interface.py},
     *     {@code requirements.txt}; read while it is sent
     * @throws BadRequestException when it is a folder, or does not exist (cause: {@link NoSuchFileException})
     */
    public static ContainerRequest ofArchive(Path archive) {
        return new ContainerRequest(Attributes.NONE.with(ARCHIVE, archive));
    }

    /** The release; null for an archive alone. */
    public @Nullable String pluginRelease() {
        return attributes.get(RELEASE);
    }

    /** The archive that is uploaded; null for none. */
    public @Nullable Path archive() {
        return attributes.get(ARCHIVE);
    }

    /**
     * Uploads an archive, as {@link #ofArchive}; the agent stores it under the name of the release, if there is one.
     */
    public ContainerRequest archive(Path file) {
        return new ContainerRequest(attributes.with(ARCHIVE, file));
    }

    /** The action to run; null for the agent's choice. */
    public @Nullable String action() {
        return attributes.get(ACTION);
    }

    /** The file of the action, for instance {@code plugin/gradio_interface.py}; null for the agent's choice. */
    public @Nullable String entrypoint() {
        return attributes.get(ENTRYPOINT);
    }

    /** The id of the model; null for none. */
    public @Nullable Long model() {
        return attributes.get(MODEL);
    }

    /** Sets the id of the model; not negative. Release and model together identify a container. */
    public ContainerRequest model(long id) {
        return new ContainerRequest(attributes.with(MODEL, id));
    }

    /** The parameters of the plugin; null to send none. */
    public @Nullable Map<String, @Nullable Object> params() {
        return attributes.get(PARAMS);
    }

    /** Sets all parameters of the plugin. */
    public ContainerRequest params(Map<String, @Nullable Object> params) {
        return new ContainerRequest(attributes.with(PARAMS, params));
    }

    /** The environment variables of the container; empty by default. */
    public Map<String, String> envs() {
        return attributes.get(ENVS);
    }

    /** Sets all environment variables; no name may be blank or contain {@code =}. {@link #toString()} masks the values. */
    public ContainerRequest envs(Map<String, String> variables) {
        return new ContainerRequest(attributes.with(ENVS, variables));
    }

    /** Data of the caller that the server stores with the record; empty by default. */
    public Map<String, @Nullable Object> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets all of the metadata. */
    public ContainerRequest metadata(Map<String, @Nullable Object> metadata) {
        return new ContainerRequest(attributes.with(METADATA, metadata));
    }

    /** Labels that the agent stores with the record; empty by default. */
    public List<String> labels() {
        return attributes.get(LABELS);
    }

    /** Sets all labels; none may be blank. */
    public ContainerRequest labels(List<String> labels) {
        return new ContainerRequest(attributes.with(LABELS, labels));
    }

    /** The purpose of the container; null for running a plugin. */
    public @Nullable ContainerKind kind() {
        return attributes.get(KIND);
    }

    /** Sets the purpose. */
    public ContainerRequest kind(ContainerKind kind) {
        return new ContainerRequest(attributes.with(KIND, kind));
    }

    /** The id of its record in the backend; null for none. */
    public @Nullable Long backendContainerId() {
        return attributes.get(BACKEND_ID);
    }

    /** Sets the id of its record in the backend; not negative. */
    public ContainerRequest backendContainerId(long id) {
        return new ContainerRequest(attributes.with(BACKEND_ID, id));
    }

    /** The longest time to wait for the build of its image; 300 s by default. */
    public Duration buildTimeout() {
        return attributes.get(BUILD_TIMEOUT);
    }

    /**
     * Sets the longest time to wait for the build of its image. It is the read timeout of the request too, since some
     * agents build before they respond. Zero means not to wait for the build; the read timeout is then 60 s.
     */
    public ContainerRequest buildTimeout(Duration timeout) {
        return new ContainerRequest(attributes.with(BUILD_TIMEOUT, timeout));
    }

    /**
     * Does not wait for the build of its image: the response has the build's id, for
     * {@link ContainerOperations#tailBuildLogs(String)} and {@link ContainerOperations#waitForBuild}. The embedded
     * agent responds at once; an agent that restarts a container or builds before it responds has 60 s for that.
     */
    public ContainerRequest withoutWaiting() {
        return buildTimeout(Duration.ZERO);
    }

    /** The listener for the upload of the archive. */
    public UploadProgress progress() {
        return attributes.get(PROGRESS);
    }

    /** Sets the listener for the upload of the archive. It is called with bytes, on the thread that sends. */
    public ContainerRequest onProgress(UploadProgress listener) {
        return new ContainerRequest(attributes.with(PROGRESS, listener));
    }

    /** The request body: only the properties that were set. */
    Map<String, @Nullable Object> body() {
        Attributes body = attributes.without(ARCHIVE, BUILD_TIMEOUT, PROGRESS);
        String release = pluginRelease();
        int at = release == null ? -1 : release.lastIndexOf('@');
        if (release != null && at > 0) {
            body = body.withField("plugin", release.substring(0, at)).withField("version", release.substring(at + 1));
        }
        return body.asMap();
    }
}
