package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.embedded.internal.log.LogState;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The logs of a cluster's jobs that are followed, as files of this agent. However many follow a log, the cluster is asked
 * for it once, and whoever comes back finds his place in a file: on the cluster every reading begins at the beginning,
 * and one who is cut off again and again would never get further than that. Thread-safe.
 */
final class LogCopies implements AutoCloseable {
    private final Path directory;
    private final RayClient client;
    private final Duration afterglow;
    private final Map<Path, Copying> copying = new HashMap<>();
    private final ExecutorService copiers = Executors.newCachedThreadPool(new DaemonThreads("embedded-agent-log-copy"));
    private final ScheduledThreadPoolExecutor endings =
            new ScheduledThreadPoolExecutor(1, new DaemonThreads("embedded-agent-log-copies"));

    /**
     * The copies in this folder.
     *
     * @param afterglow how long a log is still copied after its last follower has gone: he may be back in a moment
     */
    LogCopies(Path directory, RayClient client, Duration afterglow) throws IOException {
        this.directory = OwnerOnly.folder(directory);
        this.client = client;
        this.afterglow = afterglow;
        endings.setRemoveOnCancelPolicy(true);
    }

    /** The file that has all of a job's log; empty while there is none. */
    Optional<Path> complete(Job job) {
        Path file = file(job);
        try {
            return LogCopy.complete(file).map(status -> file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a job's log, if nobody does so yet, until its followers have gone. */
    synchronized Log.Followed follow(Job job) throws IOException {
        Path file = file(job);
        Copying known = copying.get(file);
        Copying current = known == null || known.isOver() ? begin(job, file, known) : known;
        current.followers++;
        current.ending.cancel(false);
        return new Follower(current);
    }

    /** Forgets what is known of a job that is gone. */
    synchronized void delete(String job) throws IOException {
        FileTree.delete(directory.resolve(job));
    }

    /** Forgets the logs of all other jobs, unless somebody follows them: the cluster has forgotten their jobs. */
    synchronized void keepOnlyThoseOf(Set<String> jobs) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory)) {
            for (Path folder : folders) {
                boolean followed = copying.keySet().stream().anyMatch(file -> file.startsWith(folder));
                if (!followed && !jobs.contains(folder.getFileName().toString())) {
                    FileTree.delete(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        endings.shutdownNow();
        copying.values().forEach(each -> each.copy.close());
        copiers.shutdown();
    }

    /** One that was told to stop may still be writing to the file. */
    private Copying begin(Job job, Path file, @Nullable Copying before) throws IOException {
        LogCopy copy = new LogCopy(file, options -> client.tailJobLogs(job.id(), options));
        CompletableFuture<?> free = before == null ? CompletableFuture.completedFuture(file) : before.end;
        Copying begun = new Copying(copy, free.thenRunAsync(copy, copiers));
        copying.put(file, begun);
        return begun;
    }

    private synchronized void leave(Copying left) {
        left.followers--;
        if (left.followers > 0 || endings.isShutdown()) {
            return;
        }
        if (!(left.copy.state() instanceof LogState.Growing)) {
            forget(left);
        } else {
            left.ending = endings.schedule(() -> endUnlessFollowed(left), afterglow.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private synchronized void endUnlessFollowed(Copying idle) {
        if (idle.followers == 0) {
            idle.closed = true; // the next follower begins anew, once this one has let go of the file
            idle.copy.close();
            idle.end.thenRun(() -> forget(idle));
        }
    }

    private synchronized void forget(Copying ended) {
        copying.remove(ended.copy.file(), ended);
    }

    /** A job of the same id that was submitted later is another one, and has another file. */
    private Path file(Job job) {
        Instant started = job.startTime();
        return directory.resolve(job.id()).resolve("log-" + (started == null ? 0 : started.toEpochMilli()));
    }

    /** A copy with its followers; fields are guarded by the lock of all copies. */
    private static final class Copying {
        final LogCopy copy;
        final CompletableFuture<?> end;
        Future<?> ending = CompletableFuture.completedFuture(null);
        int followers;
        boolean closed;

        Copying(LogCopy copy, CompletableFuture<?> end) {
            this.copy = copy;
            this.end = end;
        }

        /** Whether it brings nothing any more; one that broke off may go better the next time. */
        boolean isOver() {
            return closed || copy.state() instanceof LogState.Broken;
        }
    }

    private final class Follower implements Log.Followed {
        private final Copying followed;

        Follower(Copying followed) {
            this.followed = followed;
        }

        @Override
        public Path file() {
            return followed.copy.file();
        }

        @Override
        public LogState state() {
            return followed.copy.state();
        }

        @Override
        public void close() {
            leave(followed);
        }
    }
}
