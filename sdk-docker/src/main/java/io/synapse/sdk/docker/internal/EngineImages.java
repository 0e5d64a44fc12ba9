package io.synapse.sdk.docker.internal;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PullResponseItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images of a Docker Engine. Every method throws {@link EngineException}. Safe for use by several threads. */
public final class EngineImages {
    private static final Logger LOG = LoggerFactory.getLogger(EngineImages.class);

    private final DockerEngine engine;

    /** The images of this engine. */
    public EngineImages(DockerEngine engine) {
        this.engine = engine;
    }

    /** The Docker ids of the images with these labels. */
    public List<String> find(Map<String, String> labels) {
        return engine
                .call(docker -> docker.listImagesCmd().withLabelFilter(labels).exec())
                .stream()
                .map(Image::getId)
                .toList();
    }

    /** The Docker id of the image of this name; nothing, where the engine does not have it. */
    public Optional<String> id(String name) {
        return engine.call(docker -> {
            try {
                return Optional.of(docker.inspectImageCmd(name).exec().getId());
            } catch (NotFoundException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Pulls an image.
     *
     * @return what went wrong; null when nothing did
     */
    public @Nullable String pull(String name, Progress progress) throws InterruptedException {
        EngineOutput<PullResponseItem> output = new EngineOutput<>(progress);
        return engine.await(docker -> docker.pullImageCmd(name).exec(output), output);
    }

    /**
     * Builds an image.
     *
     * @param folder the context of the build
     * @param dockerfile within it
     * @param name the name of the image
     * @param labels the labels of the image
     * @return what went wrong; null when nothing did
     */
    public @Nullable String build(
            Path folder, Path dockerfile, String name, Map<String, String> labels, Progress progress)
            throws InterruptedException {
        EngineOutput<BuildResponseItem> output = new EngineOutput<>(progress);
        return engine.await(
                docker -> docker.buildImageCmd(dockerfile.toFile())
                        .withBaseDirectory(folder.toFile())
                        .withTags(Set.of(name))
                        .withLabels(labels)
                        .withForcerm(true)
                        .exec(output),
                output);
    }

    /** Removes an image; it stays where a container is made of it. */
    public void remove(String id) {
        engine.call(docker -> {
            try {
                return docker.removeImageCmd(id).exec();
            } catch (ConflictException | NotFoundException e) {
                LOG.debug("image {} stays", id, e);
                return null;
            }
        });
    }
}
