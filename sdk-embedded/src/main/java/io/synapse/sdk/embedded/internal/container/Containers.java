package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.DockerEngine;
import io.synapse.sdk.docker.internal.EngineContainer;
import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.docker.internal.PortRange;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.ScratchFolder;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.container.Launcher.Launch;
import io.synapse.sdk.embedded.internal.plugin.PluginRelease;
import io.synapse.sdk.embedded.internal.plugin.PluginReleases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The playground containers of this agent (wire/agent.md, section 6). Safe for use by several threads. */
public final class Containers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

    /** wire/agent.md, section 6. */
    private static final PortRange PLAYGROUND = new PortRange(7860, 8860);

    private static final Duration CANCEL = Duration.ofSeconds(60);

    private final PluginReleases releases;
    private final Clock clock = Clock.systemUTC();
    private final ContainerStore store;
    private final Builds builds;
    private final AgentContainers docker;
    private final Images images;
    private final Launcher launcher;
    private final Reconciliation reconciliation;

    /** What is being made, by the numbers of the records. Guarded by this. */
    private final Map<Long, UnderWay> underWay = new HashMap<>();

    /** The numbers of the records that are being deleted. Guarded by this. */
    private final Set<Long> deleting = new HashSet<>();

    private record UnderWay(Build build, ContainerRecord before, ContainerOrder wanted) {}

    /**
     * The containers on record in this agent's directory. The engine need not be there yet.
     *
     * @param directory the agent's data directory
     * @param database its records
     * @param releases where the files of plugins come from
     */
    public Containers(
            Path directory, Jdbi database, ContainerSettings settings, DockerEngine engine, PluginReleases releases)
            throws IOException {
        this.releases = releases;
        store = new ContainerStore(database);
        builds = new Builds(directory.resolve("builds"), database, settings.buildTimeout(), clock);
        docker = new AgentContainers(engine, store.agentIdentity(), settings);
        images = new Images(
                engine,
                settings.baseImage(),
                store.agentIdentity(),
                new ScratchFolder(directory.resolve("builds").resolve("files")));
        Ports ports = new Ports(PLAYGROUND, docker, store);
        launcher = new Launcher(images, docker, ports, settings, store, clock);
        reconciliation = new Reconciliation(store, docker, clock);
        reconciliation.recover();
        new DaemonThreads("embedded-agent-containers")
                .newThread(this::reconcileIfPossible)
                .start();
    }

    /** The builds that make containers. */
    public Builds builds() {
        return builds;
    }

    /**
     * Has the container of a release and model run: restarts the one there is, or makes it. Whoever asks for the same
     * while that goes on, is given the same build.
     *
     * @throws RefusedException 404 when there are no files of that release; 503 without an engine; 409 while the same
     *     container is being made in another way
     */
    public Build create(String reference, @Nullable Long model, ContainerOrder asked) throws IOException {
        PluginRelease release = releases.get(reference);
        String entrypoint = asked.entrypoint(release);
        docker.requireEngine();
        synchronized (this) {
            ContainerRecord before = store.of(release.reference(), model, asked, clock.instant());
            UnderWay same = underWay.get(before.id());
            if (same != null) {
                return sharedBy(same, asked);
            }
            if (deleting.contains(before.id())) {
                throw new RefusedException(409, "container " + before.id() + " is just being deleted: ask again");
            }
            return begin(before, asked.over(before.order()), release, entrypoint);
        }
    }

    /** Under this object's lock. */
    private Build begin(ContainerRecord before, ContainerOrder wanted, PluginRelease release, String entrypoint) {
        Launch launch = new Launch(before, wanted, release, entrypoint);
        store.save(before.underWay(wanted, clock.instant()));
        try {
            Build build = builds.begin(before.id(), log -> launcher.launch(launch, log), this::end);
            underWay.put(before.id(), new UnderWay(build, before, wanted));
            return build;
        } catch (RuntimeException e) {
            store.save(before.unchanged(String.valueOf(e.getMessage()), clock.instant()));
            throw e;
        }
    }

    /**
     * Makes and starts a container of a release that has no record; the agent deletes it only when it is told to.
     *
     * @throws RefusedException 404 when there are no files of that release; 503 without an engine
     */
    public Build createWithoutRecord(String reference, ContainerOrder order) throws IOException {
        PluginRelease release = releases.get(reference);
        String entrypoint = order.entrypoint(release);
        docker.requireEngine();
        return builds.begin(0, log -> launcher.launchWithoutRecord(release, entrypoint, order, log), ended -> {});
    }

    /** The record of the container that a build made; nothing, when it made none or that was deleted. */
    public Optional<ContainerRecord> recordOf(BuildRecord build) {
        return build.outcome() == null ? Optional.empty() : store.find(build.container());
    }

    /** All Docker containers of this machine. */
    public MachineContainers ofMachine() {
        return new MachineContainers(docker, this);
    }

    /** Refuses with 409 while there are containers of a release. */
    public void requireNoneOf(String reference) {
        for (ContainerRecord record : store.all()) {
            if (record.release().equals(reference)) {
                throw new RefusedException(
                        409, "container " + record.id() + " is of " + reference + ": delete that first");
            }
        }
    }

    /** Removes the images of a release, which has no containers; without an engine they stay. */
    public void forgetImagesOf(String reference) {
        try {
            images.deleteOf(reference);
        } catch (EngineException e) {
            LOG.warn("the images of {} could not be removed: {}", reference, e.getMessage());
        }
    }

    /** All records, as they are in truth. */
    public List<ContainerRecord> list() {
        reconciliation.run();
        return store.all();
    }

    /**
     * One record, as it is in truth.
     *
     * @param id its number, or its container's Docker id, of which 12 letters will do
     * @throws RefusedException 404 when there is none
     */
    public ContainerRecord get(String id) {
        reconciliation.run();
        return store.get(id);
    }

    /** The whole of what Docker says about a container; nothing, while there is none. */
    public Optional<Map<String, Object>> inspection(ContainerRecord container) {
        return Optional.ofNullable(container.containerId())
                .flatMap(docker.engine()::inspect)
                .map(EngineContainer.Details::raw);
    }

    /**
     * Stops a container.
     *
     * @throws RefusedException 404 when there is none; 409 while it is being made, or when there is nothing to stop
     */
    public void stop(String id) {
        ContainerRecord record = get(id);
        String container = record.containerId();
        if (container == null || record.status().isUnderWay()) {
            throw new RefusedException(
                    409,
                    "container " + record.id() + " cannot be stopped: it is "
                            + record.status().word());
        }
        docker.engine().stop(container);
        // Whoever looked meanwhile took it to have died by itself.
        synchronized (this) {
            if (!underWay.containsKey(record.id())) {
                store.find(record.id())
                        .ifPresent(stopped ->
                                store.save(stopped.standing(ContainerStatus.STOPPED, null, clock.instant())));
            }
        }
    }

    /** Starts a container again, as it was asked for last; nothing, when it runs. See {@link #create}. */
    public Optional<Build> start(String id) throws IOException {
        ContainerRecord record = get(id);
        return record.isRunning()
                ? Optional.empty()
                : Optional.of(create(record.release(), record.model(), record.order()));
    }

    /** Stops and removes a container, with its record and builds. A build under way is cancelled. */
    public void delete(String id) {
        long number = get(id).id();
        while (!claimForDeletion(number)) {
            cancelBuildOf(number);
        }
        try {
            store.find(number).map(ContainerRecord::containerId).ifPresent(docker.engine()::remove);
            store.delete(number);
            builds.deleteOf(number);
        } finally {
            synchronized (this) {
                deleting.remove(number);
            }
        }
    }

    /** Removes all containers and images of this agent, whose records are about to go; without an engine, nothing. */
    public void deleteAll() {
        builds.close();
        try {
            docker.requireEngine(); // one that does not answer must not keep the agent from its end
            docker.ours().forEach(container -> removeQuietly(container.id()));
            images.deleteAll();
        } catch (EngineException e) {
            LOG.debug("containers or images of this agent may be left", e);
        }
    }

    /** Lets go of them: what is being made is cancelled, what runs goes on. */
    @Override
    public void close() {
        builds.close();
    }

    /** Whether a container, of that whole Docker id, is that of a record. */
    boolean isOnRecord(String container) {
        return store.all().stream().anyMatch(record -> container.equals(record.containerId()));
    }

    private static Build sharedBy(UnderWay same, ContainerOrder asked) {
        if (!asked.over(same.wanted()).equals(same.wanted())) {
            throw new RefusedException(
                    409,
                    "this container is just being made as somebody else wants it, in build "
                            + same.build().id() + ": ask again when that is over");
        }
        return same.build();
    }

    /** The end of a build, before anybody else sees it. */
    private void end(BuildRecord build) {
        ContainerRecord before;
        synchronized (this) {
            before = Objects.requireNonNull(underWay.get(build.container())).before();
        }
        try {
            ContainerRecord record = store.find(build.container()).orElseThrow();
            store.save(
                    build.status() == BuildStatus.COMPLETED
                            ? record.standing(ContainerStatus.RUNNING, null, clock.instant())
                            : failed(record, before, build.error()));
        } finally {
            synchronized (this) {
                underWay.remove(build.container());
            }
        }
    }

    /** What there was before stays, unless the build had to remove it already; what it has made goes. */
    private ContainerRecord failed(ContainerRecord record, ContainerRecord before, @Nullable String why) {
        String container = record.containerId();
        if (container != null && container.equals(before.containerId())) {
            return before.unchanged(why, clock.instant());
        }
        removeQuietly(container);
        return record.gone(ContainerStatus.FAILED, why, clock.instant());
    }

    /** Without an engine, the next reconciliation that has one removes it: no record knows it any more. */
    private void removeQuietly(@Nullable String container) {
        try {
            if (container != null) {
                docker.engine().remove(container);
            }
        } catch (EngineException e) {
            LOG.warn("container {} could not be removed: {}", container, e.getMessage());
        }
    }

    /** From then on no build can begin, whose container nobody would know. */
    private synchronized boolean claimForDeletion(long record) {
        if (underWay.containsKey(record)) {
            return false;
        }
        deleting.add(record);
        return true;
    }

    private void cancelBuildOf(long record) {
        UnderWay making;
        synchronized (this) {
            making = underWay.get(record);
        }
        if (making != null) {
            making.build().cancel();
            if (!making.build().awaitEnd(CANCEL)) {
                throw new RefusedException(
                        503, "the build of container " + record + " has not ended yet: delete the container again");
            }
        }
    }

    /** In the background, since nobody waits for it. */
    private void reconcileIfPossible() {
        try {
            reconciliation.run();
        } catch (EngineException e) {
            LOG.debug("the containers of the last run will be looked at when somebody asks for them", e);
        }
    }
}
