package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.embedded.internal.container.AgentContainers.Plan;
import io.synapse.sdk.embedded.internal.container.Images.ReleaseImage;
import io.synapse.sdk.embedded.internal.plugin.PluginRelease;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the container of one record run (wire/agent.md, section 6, steps 1 to 6): starts again the one there is, if it is
 * as wanted, and else makes it. What was done is on record at every moment, for whoever finds it after us.
 */
final class Creation implements Build.Work {
    private final ContainerRecord before;
    private final ContainerOrder wanted;
    private final PluginRelease release;
    private final String entrypoint;
    private final Images images;
    private final AgentContainers docker;
    private final Ports ports;
    private final ContainerSettings settings;
    private final ContainerStore store;
    private final Clock clock;

    /**
     * The work for one record.
     *
     * @param before the record as it was before this was asked for
     * @param wanted what is wanted now, in full
     */
    Creation(
            ContainerRecord before,
            ContainerOrder wanted,
            PluginRelease release,
            String entrypoint,
            Images images,
            AgentContainers docker,
            Ports ports,
            ContainerSettings settings,
            ContainerStore store,
            Clock clock) {
        this.before = before;
        this.wanted = wanted;
        this.release = release;
        this.entrypoint = entrypoint;
        this.images = images;
        this.docker = docker;
        this.ports = ports;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    @Override
    public BuildOutcome run(BuildLog log) throws BuildFailedException, InterruptedException, IOException {
        String existing = before.containerId();
        String obstacle = existing == null ? null : obstacleToRestart(existing, log);
        if (existing != null && obstacle == null) {
            log.say("restarting container " + before.containerName());
            obstacle = restart(existing);
            if (obstacle == null) {
                awaitPage(existing, Objects.requireNonNull(before.port()));
                return new BuildOutcome(existing, true, null);
            }
        }
        if (before.status() == ContainerStatus.REMOVED) {
            obstacle = "its container was removed outside of this agent";
        }
        if (obstacle != null) {
            log.say("making a new container: " + obstacle);
        }
        ReleaseImage image = images.of(release, log);
        if (existing != null) {
            remove(existing);
        }
        String made = ports.launch(port -> make(image, port), log);
        awaitPage(made, store.find(before.id()).map(ContainerRecord::port).orElseThrow());
        return new BuildOutcome(made, false, obstacle);
    }

    /** Why the container there is will not do; null when it will. */
    private @Nullable String obstacleToRestart(String existing, BuildLog log)
            throws BuildFailedException, InterruptedException {
        if (docker.engine().inspect(existing).isEmpty()) {
            return "its container was removed outside of this agent";
        }
        if (!wanted.runsLike(before.order())) {
            return "it is wanted with other parameters or variables than before";
        }
        return images.contentOf(release, log).equals(before.content())
                ? null
                : "the files of the release or its base image have changed";
    }

    /** Restarts a container; says why not, if somebody else has its port by now. */
    private @Nullable String restart(String existing) {
        try {
            docker.engine().restart(existing);
            return null;
        } catch (EngineException e) {
            if (e.isPortTaken()) {
                return "something else listens on its port " + before.port();
            }
            throw e;
        }
    }

    /** On record before it runs, so that nobody else gets its port, and nobody takes it for an orphan. */
    private String make(ReleaseImage image, int port) {
        String id = docker.create(new Plan(before.id(), before.release(), image, entrypoint, wanted, port));
        store.save(before.gone(ContainerStatus.BUILDING, null, clock.instant())
                .underWay(wanted, clock.instant())
                .made(image, id, docker.name(id), port, clock.instant()));
        return id;
    }

    /** Until here a failure leaves the container that there was alone. */
    private void remove(String container) {
        docker.engine().remove(container);
        store.save(before.underWay(wanted, clock.instant()).gone(ContainerStatus.BUILDING, null, clock.instant()));
    }

    /** What runs is only called running when its page is there. */
    private void awaitPage(String container, int port) throws BuildFailedException, InterruptedException {
        Page page = new Page(settings.address(), port);
        if (!page.awaitAnswer(settings.startTimeout(), () -> docker.isRunning(container))) {
            String why = docker.isRunning(container)
                    ? "the page did not answer within "
                            + settings.startTimeout().toSeconds() + " s; the plugin's last lines:\n"
                            + docker.lastLines(container)
                    : docker.obituary(container);
            remove(container);
            throw new BuildFailedException(why);
        }
    }
}
