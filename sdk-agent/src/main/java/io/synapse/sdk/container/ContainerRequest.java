package io.synapse.sdk.container;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.RequestContent.UploadProgress;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.plugin.PluginRelease;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which container to create: of a plugin release, of an archive that is uploaded, or of both. Immutable: each method
 * gives a changed copy.
 *
 * @param pluginRelease the release: {@code code@version}, split at the last {@code @}; a code alone leaves the version
 *     to the agent. Beside an archive, the name under which the agent keeps it
 * @param archive the plugin as a zip file: {@code config.yaml}, {@code plugin/gradio_interface.py},
 *     {@code requirements.txt}; read while it is sent
 * @param action the action to run; null for the agent's choice
 * @param entrypoint the file of that action, for instance {@code plugin/gradio_interface.py}
 * @param model the model to run with, not negative; with the release, it says which container is meant
 * @param params parameters of the plugin; null to send none
 * @param envs environment variables of the container; no name may be blank or hold {@code =}
 * @param metadata words of your own, kept with the record
 * @param labels labels of your own, kept with the record
 * @param kind what it is for; null for running a plugin
 * @param backendContainerId the id of its record in the backend, if it has one
 * @param buildTimeout how long to wait for the build of its image, and how long the agent may be silent before it
 *     answers, since some agents build first; zero not to wait for a build, and 60 s for the answer; 300 s by default
 * @param progress is told how far the upload of the archive has come, in bytes, on the thread that sends
 */
public record ContainerRequest(
        @Nullable String pluginRelease,
        @Nullable Path archive,
        @Nullable String action,
        @Nullable String entrypoint,
        @Nullable Long model,
        @Nullable Map<String, @Nullable Object> params,
        Map<String, String> envs,
        Map<String, @Nullable Object> metadata,
        List<String> labels,
        @Nullable ContainerKind kind,
        @Nullable Long backendContainerId,
        Duration buildTimeout,
        UploadProgress progress) {
    private static final Duration DEFAULT_BUILD_TIMEOUT = Duration.ofSeconds(300);

    /**
     * Checks that there is something to create a container of, and that the rest can be what it is said to be.
     *
     * @throws IllegalArgumentException when there is neither a release nor an archive
     * @throws UncheckedIOException around a {@link NoSuchFileException} when there is no such archive
     * @throws BadRequestException when the archive is a folder, the release has an {@code @} with nothing before or
     *     after it, a number or the timeout is negative, a label is blank, or a variable has no name or value, a name
     *     with {@code =}, or a NUL in it
     */
    public ContainerRequest {
        pluginRelease = pluginRelease == null || pluginRelease.isBlank() ? null : pluginRelease;
        if (archive == null && pluginRelease == null) {
            throw new IllegalArgumentException("a container needs a plugin release or an archive");
        }
        if (pluginRelease != null) {
            ContainerChecks.release(pluginRelease);
        }
        if (archive != null) {
            ContainerChecks.archive(archive);
        }
        ContainerChecks.notNegative("model", model);
        ContainerChecks.notNegative("id of the backend's container", backendContainerId);
        ContainerChecks.environment(envs);
        ContainerChecks.labels(labels);
        if (buildTimeout.isNegative()) {
            throw BadRequestException.refused("the build timeout cannot be negative: " + buildTimeout);
        }
        params = params == null ? null : Copies.of(params);
        envs = Copies.of(envs);
        metadata = Copies.of(metadata);
        labels = Copies.of(labels);
    }

    /**
     * A container of a release: {@code code@version}.
     *
     * @throws IllegalArgumentException when it is blank
     * @throws BadRequestException when there is nothing before or after its {@code @}
     */
    public static ContainerRequest ofRelease(String release) {
        return new Draft(release, null).request();
    }

    /** A container of a release, with its first action, where the release names one. */
    public static ContainerRequest ofRelease(PluginRelease release) {
        Draft draft = new Draft(release.reference(), null);
        release.firstAction().ifPresent(first -> {
            draft.action = first.name();
            draft.entrypoint = first.file();
        });
        return draft.request();
    }

    /**
     * A container of an archive that is uploaded: a zip file.
     *
     * @throws UncheckedIOException around a {@link NoSuchFileException} when there is no such file
     * @throws BadRequestException when it is a folder
     */
    public static ContainerRequest ofArchive(Path archive) {
        return new Draft(null, archive).request();
    }

    /**
     * The same with an archive that is uploaded: of its release, if it has one.
     *
     * @throws UncheckedIOException around a {@link NoSuchFileException} when there is no such file
     * @throws BadRequestException when it is a folder
     */
    public ContainerRequest archive(Path file) {
        Draft draft = new Draft(this);
        draft.archive = file;
        return draft.request();
    }

    /** The same with this model. */
    public ContainerRequest model(long id) {
        Draft draft = new Draft(this);
        draft.model = id;
        return draft.request();
    }

    /** The same with these parameters of the plugin. */
    public ContainerRequest params(Map<String, @Nullable Object> values) {
        Draft draft = new Draft(this);
        draft.params = values;
        return draft.request();
    }

    /** The same with these environment variables. */
    public ContainerRequest envs(Map<String, String> variables) {
        Draft draft = new Draft(this);
        draft.envs = variables;
        return draft.request();
    }

    /** The same with these words of your own. */
    public ContainerRequest metadata(Map<String, @Nullable Object> words) {
        Draft draft = new Draft(this);
        draft.metadata = words;
        return draft.request();
    }

    /** The same with these labels. */
    public ContainerRequest labels(List<String> words) {
        Draft draft = new Draft(this);
        draft.labels = words;
        return draft.request();
    }

    /** The same of this kind. */
    public ContainerRequest kind(ContainerKind purpose) {
        Draft draft = new Draft(this);
        draft.kind = purpose;
        return draft.request();
    }

    /** The same with the id of its record in the backend. */
    public ContainerRequest backendContainerId(long id) {
        Draft draft = new Draft(this);
        draft.backendContainerId = id;
        return draft.request();
    }

    /** The same, waiting so long for the build of its image. */
    public ContainerRequest buildTimeout(Duration timeout) {
        Draft draft = new Draft(this);
        draft.buildTimeout = timeout;
        return draft.request();
    }

    /**
     * The same without waiting for the build of its image: the answer has the build's id, for
     * {@link ContainerOperations#tailBuildLogs(String)} and {@link ContainerOperations#waitForBuild}. The embedded
     * agent answers at once; an agent that restarts a container first, or an older one that builds before it answers,
     * has 60 s for that.
     */
    public ContainerRequest withoutWaiting() {
        return buildTimeout(Duration.ZERO);
    }

    /** The same with a listener for the upload of the archive. */
    public ContainerRequest onProgress(UploadProgress listener) {
        Draft draft = new Draft(this);
        draft.progress = listener;
        return draft.request();
    }

    /** A request that is being put together. */
    private static final class Draft {
        private final @Nullable String pluginRelease;
        private @Nullable Path archive;
        private @Nullable String action;
        private @Nullable String entrypoint;
        private @Nullable Long model;
        private @Nullable Map<String, @Nullable Object> params;
        private Map<String, String> envs = Map.of();
        private Map<String, @Nullable Object> metadata = Map.of();
        private List<String> labels = List.of();
        private @Nullable ContainerKind kind;
        private @Nullable Long backendContainerId;
        private Duration buildTimeout = DEFAULT_BUILD_TIMEOUT;
        private UploadProgress progress = UploadProgress.IGNORED;

        Draft(@Nullable String pluginRelease, @Nullable Path archive) {
            this.pluginRelease = pluginRelease;
            this.archive = archive;
        }

        Draft(ContainerRequest request) {
            this(request.pluginRelease, request.archive);
            action = request.action;
            entrypoint = request.entrypoint;
            model = request.model;
            params = request.params;
            envs = request.envs;
            metadata = request.metadata;
            labels = request.labels;
            kind = request.kind;
            backendContainerId = request.backendContainerId;
            buildTimeout = request.buildTimeout;
            progress = request.progress;
        }

        ContainerRequest request() {
            return new ContainerRequest(
                    pluginRelease,
                    archive,
                    action,
                    entrypoint,
                    model,
                    params,
                    envs,
                    metadata,
                    labels,
                    kind,
                    backendContainerId,
                    buildTimeout,
                    progress);
        }
    }
}
