package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.embedded.internal.container.Images.ReleaseImage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the agent keeps of one container, which has its name, the pair of release and model, for itself. Immutable.
 *
 * @param id its number
 * @param release the release: code@version
 * @param model the model that it runs with, if any
 * @param status where it stands
 * @param error why it does not run, if it should
 * @param order what was asked for
 * @param image its image's name in Docker
 * @param content what its image was made of: a hash
 * @param containerId its Docker id, while there is a container
 * @param containerName its name in Docker
 * @param port the port of this machine that leads to it
 * @param createdAt when it was first asked for
 * @param updatedAt when the record last changed
 */
public record ContainerRecord(
        long id,
        String release,
        @Nullable Long model,
        ContainerStatus status,
        @Nullable String error,
        ContainerOrder order,
        @Nullable String image,
        @Nullable String content,
        @Nullable String containerId,
        @Nullable String containerName,
        @Nullable Integer port,
        Instant createdAt,
        Instant updatedAt) {
    /** Whether its page can be opened. */
    public boolean isRunning() {
        return status == ContainerStatus.RUNNING;
    }

    /** The same, being made, or started again, as it is wanted now. */
    ContainerRecord underWay(ContainerOrder wanted, Instant now) {
        return new ContainerRecord(
                id,
                release,
                model,
                containerId == null ? ContainerStatus.BUILDING : ContainerStatus.RESTARTING,
                null,
                wanted,
                image,
                content,
                containerId,
                containerName,
                port,
                createdAt,
                now);
    }

    /** The same with this container, which has yet to be started. */
    ContainerRecord made(ReleaseImage madeOf, String dockerId, @Nullable String name, int hostPort, Instant now) {
        return new ContainerRecord(
                id,
                release,
                model,
                status,
                null,
                order,
                madeOf.name(),
                madeOf.content(),
                dockerId,
                name,
                hostPort,
                createdAt,
                now);
    }

    /** The same container, found to stand like this. */
    ContainerRecord standing(ContainerStatus found, @Nullable String why, Instant now) {
        return new ContainerRecord(
                id,
                release,
                model,
                found,
                why,
                order,
                image,
                content,
                containerId,
                containerName,
                port,
                createdAt,
                now);
    }

    /** The same without a container, and without its port. */
    ContainerRecord gone(ContainerStatus found, @Nullable String why, Instant now) {
        return new ContainerRecord(
                id, release, model, found, why, order, image, content, null, null, null, createdAt, now);
    }

    /** The same as it was before something was tried that failed. */
    ContainerRecord unchanged(@Nullable String why, Instant now) {
        return status.isUnderWay() ? gone(ContainerStatus.FAILED, why, now) : standing(status, why, now);
    }
}
