package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.docker.internal.EngineImages;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.ScratchFolder;
import io.synapse.sdk.embedded.internal.plugin.PluginRelease;
import io.synapse.sdk.internal.value.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The images of plugin releases (wire/agent.md, section 6, step 2). One image serves every container of the same files
 * on the same base image, and is built once, however many want it at the same time.
 */
final class Images {
    /** What an image was made of, on the image itself: a record of ours could be wrong about what the engine has. */
    static final String CONTENT_LABEL = "io.synapse.content";

    /** Not one that a plugin may have. */
    private static final String DOCKERFILE = ".synapse.Dockerfile";

    private static final String REQUIREMENTS = "requirements.txt";

    private final EngineImages docker;
    private final String baseImage;
    private final String identity;
    private final ScratchFolder scratch;
    private final Map<String, ReentrantLock> beingBuilt = new ConcurrentHashMap<>();

    /**
     * The images of one agent.
     *
     * @param identity the agent's, which its images are labelled with
     * @param scratch where the files of a plugin are while its image is built
     */
    Images(DockerEngine engine, String baseImage, String identity, ScratchFolder scratch) {
        this.docker = new EngineImages(engine);
        this.baseImage = baseImage;
        this.identity = identity;
        this.scratch = scratch;
    }

    /**
     * An image.
     *
     * @param id its Docker id
     * @param content what it was made of: a hash
     * @param name its name in Docker
     */
    record ReleaseImage(String id, String content, String name) {}

    /** What the image of a release would be made of now; pulls the base image where it is missing. */
    String contentOf(PluginRelease release, BuildLog log) throws BuildFailedException, InterruptedException {
        return Sha256.of(release.digest() + "\n" + baseImageId(log) + "\n" + dockerfile(""));
    }

    /** The image of a release, built unless the engine has it. */
    ReleaseImage of(PluginRelease release, BuildLog log)
            throws BuildFailedException, InterruptedException, IOException {
        String content = contentOf(release, log);
        ReentrantLock lock = beingBuilt.computeIfAbsent(content, key -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            String present = find(content);
            if (present != null) {
                log.say("image " + name(release) + " is there already");
                return new ReleaseImage(present, content, name(release));
            }
            return new ReleaseImage(build(release, content, log), content, name(release));
        } finally {
            lock.unlock();
        }
    }

    /** Removes the images of a release; those stay that a container is made of. */
    void deleteOf(String reference) {
        delete(Map.of(AgentContainers.AGENT_LABEL, identity, AgentContainers.RELEASE_LABEL, reference));
    }

    /** Removes all images of this agent; those stay that a container is made of. */
    void deleteAll() {
        delete(Map.of(AgentContainers.AGENT_LABEL, identity));
    }

    private void delete(Map<String, String> labels) {
        docker.find(labels).forEach(docker::remove);
    }

    /** As in wire/agent.md, in the letters that Docker allows. Two releases may share it: containers go by the id. */
    static String name(PluginRelease release) {
        return "synapse-plugin-"
                + (release.plugin() + "-" + release.version())
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
    }

    private @Nullable String find(String content) {
        List<String> found = docker.find(Map.of(CONTENT_LABEL, content, AgentContainers.AGENT_LABEL, identity));
        return found.isEmpty() ? null : found.get(0);
    }

    private String build(PluginRelease release, String content, BuildLog log)
            throws BuildFailedException, InterruptedException, IOException {
        log.say("building image " + name(release) + " of " + release.reference() + " on " + baseImage);
        Path files = scratch.create();
        String error;
        try {
            release.copyTo(files);
            String requirements = Files.exists(files.resolve(REQUIREMENTS)) ? " -r " + REQUIREMENTS : "";
            Path dockerfile = Files.writeString(files.resolve(DOCKERFILE), dockerfile(requirements));
            error = docker.build(files, dockerfile, name(release), labels(release, content), log::write);
        } finally {
            FileTree.delete(files);
        }
        String image = error == null ? find(content) : null;
        if (image == null) {
            throw new BuildFailedException("the image cannot be built: " + error + "\n" + log.tail());
        }
        return image;
    }

    private Map<String, String> labels(PluginRelease release, String content) {
        return Map.of(
                CONTENT_LABEL,
                content,
                AgentContainers.RELEASE_LABEL,
                release.reference(),
                AgentContainers.AGENT_LABEL,
                identity);
    }

    private String baseImageId(BuildLog log) throws BuildFailedException, InterruptedException {
        Optional<String> present = docker.id(baseImage);
        if (present.isPresent()) {
            return present.get();
        }
        log.say("pulling base image " + baseImage);
        String error = docker.pull(baseImage, log::write);
        return docker.id(baseImage)
                .orElseThrow(() -> new BuildFailedException(
                        "the base image " + baseImage + " is not there and cannot be pulled: " + error));
    }

    /**
     * Gradio is always there; what the plugin says of its version holds. Python, as the first process, does not hear
     * TERM, but INT it does.
     */
    private String dockerfile(String requirements) {
        return """
                FROM %s
                WORKDIR /app
                COPY . .
                RUN rm %s && pip install --no-cache-dir gradio%s
                ENV PYTHONPATH=/app PYTHONUNBUFFERED=1 GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=%d
                EXPOSE %d
                STOPSIGNAL SIGINT
                """.formatted(baseImage, DOCKERFILE, requirements, AgentContainers.PORT, AgentContainers.PORT);
    }
}
