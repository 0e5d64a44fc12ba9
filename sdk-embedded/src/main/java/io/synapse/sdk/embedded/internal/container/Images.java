package io.synapse.sdk.embedded.internal.container;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PullResponseItem;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.ScratchFolder;
import io.synapse.sdk.embedded.internal.Sha256;
import io.synapse.sdk.embedded.internal.plugin.PluginRelease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of plugin releases (wire/agent.md, section 6, step 2). One image serves every container of the same files
 * on the same base image, and is built once, however many want it at the same time.
 */
final class Images {
    private static final Logger LOG = LoggerFactory.getLogger(Images.class);

    /** What an image was made of, on the image itself: a record of ours could be wrong about what the engine has. */
    static final String CONTENT_LABEL = "io.synapse.content";

    /** Not one that a plugin may have. */
    private static final String DOCKERFILE = ".synapse.Dockerfile";

    private static final String REQUIREMENTS = "requirements.txt";

    private final DockerEngine engine;
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
        this.engine = engine;
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
        return Sha256.hexOf(release.digest() + "\n" + baseImageId(log) + "\n" + dockerfile(""));
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
        delete(Map.of(DockerContainers.AGENT_LABEL, identity, DockerContainers.RELEASE_LABEL, reference));
    }

    /** Removes all images of this agent; those stay that a container is made of. */
    void deleteAll() {
        delete(Map.of(DockerContainers.AGENT_LABEL, identity));
    }

    private void delete(Map<String, String> labels) {
        for (Image image : engine.call(
                docker -> docker.listImagesCmd().withLabelFilter(labels).exec())) {
            try {
                engine.call(docker -> docker.removeImageCmd(image.getId()).exec());
            } catch (ConflictException | NotFoundException e) {
                LOG.debug("image {} stays: {}", image.getId(), DockerEngine.words(e));
            }
        }
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
        List<Image> found = engine.call(docker -> docker.listImagesCmd()
                .withLabelFilter(Map.of(CONTENT_LABEL, content, DockerContainers.AGENT_LABEL, identity))
                .exec());
        return found.isEmpty() ? null : found.get(0).getId();
    }

    private String build(PluginRelease release, String content, BuildLog log)
            throws BuildFailedException, InterruptedException, IOException {
        log.say("building image " + name(release) + " of " + release.reference() + " on " + baseImage);
        EngineOutput<BuildResponseItem> output = new EngineOutput<>(log);
        Path files = scratch.create();
        String error;
        try {
            release.copyTo(files);
            String requirements = Files.exists(files.resolve(REQUIREMENTS)) ? " -r " + REQUIREMENTS : "";
            Path dockerfile = Files.writeString(files.resolve(DOCKERFILE), dockerfile(requirements));
            error = engine.await(
                    docker -> docker.buildImageCmd(dockerfile.toFile())
                            .withBaseDirectory(files.toFile())
                            .withTags(Set.of(name(release)))
                            .withLabels(labels(release, content))
                            .withForcerm(true)
                            .exec(output),
                    output);
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
                DockerContainers.RELEASE_LABEL,
                release.reference(),
                DockerContainers.AGENT_LABEL,
                identity);
    }

    private String baseImageId(BuildLog log) throws BuildFailedException, InterruptedException {
        try {
            return inspectBase();
        } catch (NotFoundException e) {
            log.say("pulling base image " + baseImage);
        }
        EngineOutput<PullResponseItem> output = new EngineOutput<>(log);
        String error = engine.await(docker -> docker.pullImageCmd(baseImage).exec(output), output);
        if (error != null) {
            throw new BuildFailedException(
                    "the base image " + baseImage + " is not there and cannot be pulled: " + error);
        }
        return inspectBase();
    }

    private String inspectBase() {
        return engine.call(docker -> docker.inspectImageCmd(baseImage).exec().getId());
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
                """.formatted(baseImage, DOCKERFILE, requirements, DockerContainers.PORT, DockerContainers.PORT);
    }
}
