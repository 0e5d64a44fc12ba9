package io.synapse.sdk.experiments.internal.run;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.experiments.internal.file.ExperimentFolders;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has runs read when their files change: soon, where the system tells of changes, and by looking at all of them from time to
 * time, since it does not tell of all (other machines write to network file systems). Thread-safe.
 */
public final class LogWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWatcher.class);

    /** A file that is being rewritten is seen empty first; it is read once it has rested. */
    private static final Duration REST = Duration.ofMillis(100);

    /** A file that never rests is read all the same. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long JOIN_MILLIS = 10_000;

    private final ExperimentFolders folders;
    private final RunIndexer indexer;
    private final RunScan scan;
    private final Duration interval;
    private final LongSupplier nanos;
    private final WatchService service;
    private final Thread thread;
    private final Map<Path, WatchKey> watched = new HashMap<>();
    private final Map<RunKey, Due> due = new HashMap<>();

    private record RunKey(String project, String run) {}

    /** Since when a run waits to be read, and when its files last changed. */
    private record Due(long since, long changed) {
        boolean isReached(long now) {
            return now - changed >= REST.toNanos() || now - since >= PATIENCE.toNanos();
        }
    }

    /**
     * Begins to watch.
     *
     * @param interval between two looks at all files
     * @param nanos a monotonic clock
     */
    public LogWatcher(
            ExperimentFolders folders, RunIndexer indexer, RunScan scan, Duration interval, LongSupplier nanos)
            throws IOException {
        this.folders = folders;
        this.indexer = indexer;
        this.scan = scan;
        this.interval = interval;
        this.nanos = nanos;
        service = folders.logs().getFileSystem().newWatchService();
        thread = new DaemonThreads("experiments-logs").newThread(this::run);
        thread.start();
    }

    @Override
    public void close() {
        try {
            service.close();
            thread.interrupt();
            thread.join(JOIN_MILLIS);
        } catch (IOException e) {
            LOG.warn("the watch of the log folders cannot be ended", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                attempt(this::lookAtAll);
                long end = nanos.getAsLong() + interval.toNanos();
                for (long now = nanos.getAsLong(); now < end; now = nanos.getAsLong()) {
                    WatchKey key = service.poll(Math.min(end - now, pause()), TimeUnit.NANOSECONDS);
                    attempt(() -> take(key));
                    readDue();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("the log folders are watched no more", e);
        }
    }

    /** Records that cannot be read now, for instance since the disk is full, do not end the watch. */
    private static void attempt(Runnable look) {
        try {
            look.run();
        } catch (ClosedWatchServiceException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("the log folders cannot be looked at; it is tried again", e);
        }
    }

    private void lookAtAll() {
        watchFolders();
        scan.all();
    }

    private long pause() {
        return due.isEmpty() ? interval.toNanos() : Math.max(1, REST.toNanos() / 2);
    }

    private void watchFolders() {
        watch(folders.logs());
        watched.values().removeIf(key -> !key.isValid());
        try (var entries = Files.list(folders.logs())) {
            entries.filter(RunScan::isProject).forEach(this::watch);
        } catch (IOException e) {
            LOG.warn("the log folders cannot be listed", e);
        }
    }

    private void watch(Path folder) {
        watched.computeIfAbsent(folder, this::register);
    }

    private @Nullable WatchKey register(Path folder) {
        try {
            return folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) { // for instance too many watches: the folder is looked at from time to time
            LOG.warn("{} cannot be watched, so changes are seen after {}", folder, interval, e);
            return null;
        }
    }

    private void take(@Nullable WatchKey key) {
        if (key == null) {
            return;
        }
        Path folder = (Path) key.watchable();
        List<WatchEvent<?>> events = key.pollEvents();
        key.reset(); // before they are looked at, which may fail
        for (WatchEvent<?> event : events) {
            if (event.context() instanceof Path name) {
                changed(folder, name);
            } else { // more events than the system keeps
                scan.all();
            }
        }
    }

    private void changed(Path folder, Path name) {
        if (folder.equals(folders.logs())) {
            Path project = folder.resolve(name);
            if (RunScan.isProject(project)) {
                watch(project);
                scan.project(project);
            }
            return;
        }
        Optional<RunFile.Owner> owner = RunFile.owner(name.toString());
        long now = nanos.getAsLong();
        owner.ifPresent(found -> due.merge(
                new RunKey(String.valueOf(folder.getFileName()), found.run()),
                new Due(now, now),
                (before, next) -> new Due(before.since(), now)));
    }

    private void readDue() {
        long now = nanos.getAsLong();
        for (Iterator<Map.Entry<RunKey, Due>> each = due.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<RunKey, Due> next = each.next();
            if (next.getValue().isReached(now)) {
                each.remove();
                scan.read(indexer, next.getKey().project(), next.getKey().run());
            }
        }
    }
}
