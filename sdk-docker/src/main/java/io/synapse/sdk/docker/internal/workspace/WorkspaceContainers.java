package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.Failure;
import io.synapse.sdk.docker.internal.ContainerSpec;
import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.docker.internal.EngineContainer;
import io.synapse.sdk.docker.internal.EngineContainers;
import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.docker.internal.EngineExecs;
import io.synapse.sdk.docker.internal.EngineImages;
import io.synapse.sdk.docker.internal.Progress;
import io.synapse.sdk.workspace.EngineUnavailableException;
import io.synapse.sdk.workspace.Workspace;
import io.synapse.sdk.workspace.WorkspaceException;
import io.synapse.sdk.workspace.WorkspaceException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of workspaces on one engine: made, found, and removed. Labels tell whose they are: containers without
 * them are never touched. Safe for use by several threads.
 */
public final class WorkspaceContainers {
    /** The label with the process that opened a workspace: {@code MACHINE/PROCESS/START}. */
    public static final String OWNER_LABEL = "io.synapse.workspace.owner";

    /** The label with the lease in seconds. */
    public static final String LEASE_LABEL = "io.synapse.workspace.lease";

    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceContainers.class);
    private static final int UNAVAILABLE = 503;
    private static final int REMOVALS = 10;
    private static final long REMOVAL_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String LEASE_FILE = Workspace.ROOT + "/.synapse/lease";

    private final EngineContainers containers;
    private final EngineImages images;
    private final EngineExecs execs;

    /** Those of this engine. */
    public WorkspaceContainers(DockerEngine engine) {
        this.containers = new EngineContainers(engine);
        this.images = new EngineImages(engine);
        this.execs = new EngineExecs(engine);
    }

    /**
     * Makes sure that the engine has an image.
     *
     * @throws WorkspaceException when it cannot be pulled
     */
    public void requireImage(String image, Progress progress) throws InterruptedException {
        if (checked(() -> images.id(image)).isPresent()) {
            return;
        }
        String error;
        try {
            error = images.pull(image, progress);
        } catch (EngineException e) {
            throw failure(e);
        }
        if (error != null) {
            throw new WorkspaceException(Reason.UNSUPPORTED, "the image " + image + " cannot be pulled: " + error);
        }
    }

    /** Makes and starts a container that belongs to this JVM. */
    public WorkspaceContainer create(ContainerSpec spec, Duration lease) {
        Map<String, String> labels = new HashMap<>(spec.labels());
        labels.put(OWNER_LABEL, ContainerOwner.current().label());
        labels.put(LEASE_LABEL, Long.toString(lease.toSeconds()));
        String id = checked(() -> containers.create(spec.labels(labels)));
        try {
            containers.start(id);
            return new WorkspaceContainer(id, containers, execs);
        } catch (EngineException e) {
            containers.remove(id);
            throw failure(e);
        }
    }

    /**
     * A container that is there.
     *
     * @throws WorkspaceException when it is not, or does not run
     */
    public WorkspaceContainer find(String id) {
        EngineContainer.Details details = checked(() -> containers.inspect(id))
                .orElseThrow(() -> new WorkspaceException(Reason.NOT_FOUND, "there is no container " + id));
        String ending = details.ending();
        if (ending != null) {
            throw new WorkspaceException(Reason.WORKSPACE_LOST, "the container " + id + " does not run: it " + ending);
        }
        return new WorkspaceContainer(details.id(), containers, execs);
    }

    /**
     * Removes a container with its files. What the engine cannot remove at once, such as a file system that is busy, it can
     * mostly a moment later.
     *
     * @throws WorkspaceException when it is still there
     */
    public void remove(String id) {
        boolean interrupted = Thread.interrupted(); // it would cut the pauses short
        try {
            for (int attempt = 1; !isRemoved(id, attempt == REMOVALS); attempt++) {
                LockSupport.parkNanos(REMOVAL_PAUSE_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isRemoved(String id, boolean isLastAttempt) {
        try {
            containers.remove(id);
            if (containers.inspect(id).isEmpty()) {
                return true;
            }
        } catch (EngineException e) {
            if (isLastAttempt || e.status() == UNAVAILABLE) {
                String message = "the container " + id + " of the workspace cannot be removed: " + e.getMessage();
                throw new WorkspaceException(failure(e).reason(), message, e);
            }
            LOG.debug("the container {} cannot be removed yet", id, e);
        }
        if (isLastAttempt) {
            throw new WorkspaceException(
                    Reason.OTHER, "the container " + id + " of the workspace is still there: it is being removed");
        }
        return false;
    }

    /** Removes the containers whose process is gone, or has shown no sign of life for the time of their lease. */
    public void removeAbandoned() {
        for (EngineContainer each : checked(() -> containers.list(Map.of()))) {
            String owner = each.labels().get(OWNER_LABEL);
            if (owner != null && isAbandoned(each, owner)) {
                LOG.info("the workspace {} was left by a process that has ended: it is removed", each.id());
                try {
                    containers.remove(each.id());
                } catch (EngineException e) {
                    LOG.warn("the abandoned workspace {} cannot be removed", each.id(), e);
                }
            }
        }
    }

    private boolean isAbandoned(EngineContainer container, String label) {
        Optional<ContainerOwner> owner = ContainerOwner.parse(label);
        return owner.isPresent() && owner.get().isOnThisMachine() ? !owner.get().isAlive() : isLeaseOver(container);
    }

    private boolean isLeaseOver(EngineContainer container) {
        try {
            long lease = Long.parseLong(container.labels().getOrDefault(LEASE_LABEL, ""));
            return containers
                    .modifiedAt(container.id(), LEASE_FILE)
                    .map(last -> last.plusSeconds(lease).isBefore(Instant.now()))
                    .orElse(false); // it is being made
        } catch (EngineException | NumberFormatException e) {
            LOG.debug("it is not known whether the workspace {} is used", container.id(), e);
            return false;
        }
    }

    private static <T> T checked(Supplier<T> request) {
        try {
            return request.get();
        } catch (EngineException e) {
            throw failure(e);
        }
    }

    private static WorkspaceException failure(EngineException e) {
        String message = String.valueOf(e.getMessage());
        return e.status() == UNAVAILABLE
                ? new EngineUnavailableException(Failure.of(UNAVAILABLE, message), e)
                : new WorkspaceException(Reason.OTHER, message, e);
    }
}
