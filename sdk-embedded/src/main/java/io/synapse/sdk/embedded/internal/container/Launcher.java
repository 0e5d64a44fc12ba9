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
 * Makes, starts and restarts the containers of releases (wire/agent.md, section 6, steps 1 to 6). Safe for use by several
 * threads; for one record, by one at a time.
 */
final class Launcher {
    private final Images images;
    private final AgentContainers docker;
    private final Ports ports;
    private final ContainerSettings settings;
    private final ContainerStore store;
    private final Clock clock;

    Launcher(
            Images images,
            AgentContainers docker,
            Ports ports,
            ContainerSettings settings,
            ContainerStore store,
            Clock clock) {
        this.images = images;
        this.docker = docker;
        this.ports = ports;
        this.settings = settings;
        this.store = store;
        this.clock = clock;
    }

    /**
     * A container that is to run.
     *
     * @param before its record as it was before this was asked for
     * @param wanted what is wanted now, in full
     * @param release the release that it runs
     * @param entrypoint the file of the release that it runs
     */
    record Launch(ContainerRecord before, ContainerOrder wanted, PluginRelease release, String entrypoint) {}

    /** Makes and starts a container that has no record. */
    BuildOutcome launchWithoutRecord(PluginRelease release, String entrypoint, ContainerOrder order, BuildLog log)
            throws BuildFailedException, InterruptedException, IOException {
        ReleaseImage image = images.of(release, log);
        String made = ports.launch(
                port -> docker.create(new Plan(0, release.reference(), image, entrypoint, order, port)), log);
        if (Thread.interrupted()) { // while it was made, which an interrupt does not break off
            docker.engine().remove(made);
            throw new InterruptedException();
        }
        return new BuildOutcome(made, false, null);
    }

    /**
     * Has the container of a record run: starts again the one there is, if it is as wanted, and else makes it. What was
     * done is on record at every moment, for whoever finds it after a crash.
     */
    BuildOutcome launch(Launch launch, BuildLog log) throws BuildFailedException, InterruptedException, IOException {
        ContainerRecord before = launch.before();
        String existing = before.containerId();
        String obstacle = existing == null ? null : obstacleToRestart(launch, existing, log);
        if (existing != null && obstacle == null) {
            log.say("restarting container " + before.containerName());
            obstacle = restart(before, existing);
            if (obstacle == null) {
                awaitPage(launch, existing, Objects.requireNonNull(before.port()));
                return new BuildOutcome(existing, true, null);
            }
        }
        if (before.status() == ContainerStatus.REMOVED) {
            obstacle = "its container was removed outside of this agent";
        }
        if (obstacle != null) {
            log.say("making a new container: " + obstacle);
        }
        ReleaseImage image = images.of(launch.release(), log);
        if (existing != null) {
            remove(launch, existing);
        }
        String made = ports.launch(port -> make(launch, image, port), log);
        awaitPage(
                launch, made, store.find(before.id()).map(ContainerRecord::port).orElseThrow());
        return new BuildOutcome(made, false, obstacle);
    }

    /** Why the container there is will not do; null when it will. */
    private @Nullable String obstacleToRestart(Launch launch, String existing, BuildLog log)
            throws BuildFailedException, InterruptedException {
        if (docker.engine().inspect(existing).isEmpty()) {
            return "its container was removed outside of this agent";
        }
        if (!launch.wanted().runsLike(launch.before().order())) {
            return "it is wanted with other parameters or variables than before";
        }
        return images.contentOf(launch.release(), log).equals(launch.before().content())
                ? null
                : "the files of the release or its base image have changed";
    }

    /** Restarts a container; says why not, if somebody else has its port by now. */
    private @Nullable String restart(ContainerRecord before, String existing) {
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
    private String make(Launch launch, ReleaseImage image, int port) {
        ContainerRecord before = launch.before();
        String id = docker.create(
                new Plan(before.id(), before.release(), image, launch.entrypoint(), launch.wanted(), port));
        store.save(before.gone(ContainerStatus.BUILDING, null, clock.instant())
                .underWay(launch.wanted(), clock.instant())
                .made(image, id, docker.name(id), port, clock.instant()));
        return id;
    }

    /** Until here a failure leaves the container that there was alone. */
    private void remove(Launch launch, String container) {
        docker.engine().remove(container);
        store.save(launch.before()
                .underWay(launch.wanted(), clock.instant())
                .gone(ContainerStatus.BUILDING, null, clock.instant()));
    }

    /** What runs is only called running when its page is there. */
    private void awaitPage(Launch launch, String container, int port)
            throws BuildFailedException, InterruptedException {
        Page page = new Page(settings.address(), port);
        if (!page.awaitAnswer(settings.startTimeout(), () -> docker.isRunning(container))) {
            String why = docker.isRunning(container)
                    ? "the page did not answer within "
                            + settings.startTimeout().toSeconds() + " s; the plugin's last lines:\n"
                            + docker.lastLines(container)
                    : docker.obituary(container);
            remove(launch, container);
            throw new BuildFailedException(why);
        }
    }
}
