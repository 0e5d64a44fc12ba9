package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.log.FileLog;
import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.embedded.internal.log.LogState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The builds of this agent: a few at a time in the background, each with a log. Safe for use by several threads. */
public final class Builds implements AutoCloseable {
    /** What runs in the background is mostly the engine's work. One that hangs has a place until its time limit. */
    private static final int AT_ONCE = 8;

    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(Builds.class);

    /** So many builds of one record stay to be looked at. */
    private static final int KEPT = 10;

    private final Path directory;
    private final BuildStore store;
    private final Duration timeout;
    private final Clock clock;
    private final Map<String, Build> underWay = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(AT_ONCE, new DaemonThreads("embedded-agent-build"));
    private final ScheduledExecutorService limits =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("embedded-agent-build-limit"));

    /**
     * The builds of an agent; those that its last run left unfinished have failed.
     *
     * @param timeout how long one may take
     */
    Builds(Path directory, Jdbi database, Duration timeout, Clock clock) throws IOException {
        this.timeout = timeout;
        this.directory = OwnerOnly.folder(directory);
        this.store = new BuildStore(database);
        this.clock = clock;
        for (BuildRecord build : store.all()) {
            if (build.status() == BuildStatus.BUILDING) {
                store.save(build.ended(BuildStatus.FAILED, "the agent ended before the build did"));
            }
        }
    }

    /**
     * Begins a build.
     *
     * @param container the number of the record that it makes a container for, or 0
     * @param work what to do; interrupted when the build is cancelled
     * @param end told of the end, before anybody else can see it
     */
    Build begin(long container, Build.Work work, Consumer<BuildRecord> end) {
        BuildRecord record = new BuildRecord(
                UUID.randomUUID().toString(), container, BuildStatus.BUILDING, null, null, clock.instant());
        Build build = new Build(record, work, open(record), ended -> keep(ended, end));
        store.save(record);
        underWay.put(record.id(), build);
        deleteBut(container, KEPT);
        threads.execute(() -> {
            Future<?> limit = limits.schedule(() -> build.expire(timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
            build.start();
            limit.cancel(false);
        });
        return build;
    }

    /** How a build stands; refused with 404 when there is none of that id. */
    public BuildRecord get(String id) {
        return store.find(id).orElseThrow(() -> new RefusedException(404, "there is no build " + id));
    }

    /** Ends a build; refused with 400 when it is over already. */
    public void cancel(String id) {
        BuildRecord record = get(id);
        Build build = underWay.get(id);
        if (build == null) {
            throw new RefusedException(
                    400, "build " + id + " is over already: " + record.status().word());
        }
        build.cancel();
    }

    /** The log of a build; refused with 404 when there is none of that id. */
    public Log log(String id) {
        get(id);
        return new FileLog(id, file(id), () -> store.find(id).map(Builds::end).orElseGet(LogState.Deleted::new));
    }

    /** Forgets the builds of a record. */
    void deleteOf(long container) {
        deleteBut(container, 0);
    }

    /**
     * Cancels what is under way, and waits for its end: up to 10 s, since a request to a Docker Engine that does not answer
     * cannot be broken off.
     */
    @Override
    public void close() {
        List<Build> last = List.copyOf(underWay.values());
        last.forEach(Build::cancel);
        long deadline = System.nanoTime() + CLOSE.toNanos();
        for (Build build : last) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            if (!build.awaitEnd(left)) {
                LOG.warn("build {} has not ended yet; the next agent clears up after it", build.id());
            }
        }
        threads.shutdownNow();
        limits.shutdownNow();
    }

    private BuildLog open(BuildRecord build) {
        try {
            return new BuildLog(file(build.id()));
        } catch (IOException e) {
            throw new UncheckedIOException("the log of a build cannot be written", e);
        }
    }

    private void keep(BuildRecord ended, Consumer<BuildRecord> end) {
        try {
            end.accept(ended);
        } finally {
            store.save(ended);
            underWay.remove(ended.id());
        }
    }

    /** Forgets the builds of a record but for its last ones. */
    private void deleteBut(long container, int kept) {
        List<BuildRecord> over = store.of(container).stream()
                .filter(build -> !underWay.containsKey(build.id()))
                .toList();
        for (BuildRecord build : over.subList(0, Math.max(0, over.size() - kept))) {
            store.delete(build.id());
            try {
                Files.deleteIfExists(file(build.id()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static LogState end(BuildRecord build) {
        return build.status() == BuildStatus.BUILDING
                ? new LogState.Growing()
                : new LogState.Complete(build.status().ofItsLog());
    }

    private Path file(String id) {
        return directory.resolve(id + ".log");
    }
}
