package io.synapse.sdk.embedded.internal.container;

import io.synapse.sdk.docker.internal.EngineException;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One build under way. Safe for use by several threads. */
public final class Build {
    private static final Logger LOG = LoggerFactory.getLogger(Build.class);

    /** What a build does. */
    interface Work {
        /**
         * Does it.
         *
         * @throws BuildFailedException when it cannot be done, saying why
         * @throws InterruptedException when it is cancelled
         */
        BuildOutcome run(BuildLog log) throws BuildFailedException, InterruptedException, IOException;
    }

    private final BuildRecord record;
    private final Work work;
    private final BuildLog log;
    private final Consumer<BuildRecord> end;
    private final CompletableFuture<BuildRecord> ended = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean begun;

    /** How it ends, once it was cancelled or took too long. */
    private @Nullable BuildRecord broken;

    /**
     * A build that has yet to start.
     *
     * @param end told of the end, before anybody else can see it
     */
    Build(BuildRecord record, Work work, BuildLog log, Consumer<BuildRecord> end) {
        this.record = record;
        this.work = work;
        this.log = log;
        this.end = end;
    }

    /** Its id. */
    public String id() {
        return record.id();
    }

    /** Its end, if that comes in time; else how it stands. */
    public BuildRecord await(Duration patience) throws InterruptedException {
        try {
            return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return record;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a build cannot be kept", e.getCause());
        }
    }

    /** Waits for its end, whether that could be kept or not; false when it does not come in time. */
    boolean awaitEnd(Duration patience) {
        try {
            ended.handle((result, failure) -> true).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its end, however long that takes. */
    public BuildRecord await() {
        return ended.join();
    }

    /** Does it on this thread, unless it was cancelled before. */
    void start() {
        if (begin()) {
            run();
        }
    }

    /** Has it end as soon as possible; at once, if it waits for its turn. */
    void cancel() {
        breakOff(BuildStatus.CANCELLED, "the build was cancelled");
    }

    /** Has it end, since its time is up. */
    void expire(Duration timeout) {
        breakOff(BuildStatus.FAILED, "the build took more than " + timeout.toSeconds() + " s");
    }

    private void breakOff(BuildStatus status, String why) {
        boolean waiting;
        synchronized (this) {
            if (broken == null) {
                broken = record.ended(status, why);
            }
            waiting = !begun;
            begun = true;
            if (thread != null) {
                thread.interrupt();
            }
        }
        if (waiting) {
            run();
        }
    }

    private void run() {
        BuildRecord result;
        try (log) {
            result = attempt();
            log.say(result.status().word() + (result.error() == null ? "" : ": " + result.error()));
        } catch (IOException | RuntimeException e) {
            LOG.error("the log of build {} cannot be completed", record.id(), e);
            result = record.ended(BuildStatus.FAILED, "its log cannot be completed: " + e.getMessage());
        }
        finish(result);
    }

    private BuildRecord attempt() {
        try {
            if (broken() != null) {
                return ended("");
            }
            return record.completed(work.run(log));
        } catch (BuildFailedException | RefusedException e) {
            return ended(String.valueOf(e.getMessage()));
        } catch (EngineException e) {
            return ended(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return ended("interrupted");
        } catch (IOException | RuntimeException | Error e) {
            if (broken() == null) {
                LOG.error("build {} failed", record.id(), e);
            }
            return ended("the agent failed to do this: " + e);
        }
    }

    /** Whatever the interrupt of a build broke first, is not why it ended. */
    private BuildRecord ended(String why) {
        BuildRecord end = broken();
        return end == null ? record.ended(BuildStatus.FAILED, why) : end;
    }

    private void finish(BuildRecord result) {
        leave();
        try {
            end.accept(result);
            ended.complete(result);
        } catch (RuntimeException e) {
            LOG.error("the end of build {} cannot be kept", record.id(), e);
            ended.completeExceptionally(e);
        }
    }

    private synchronized @Nullable BuildRecord broken() {
        return broken;
    }

    /** Whether it is for this thread to do. */
    private synchronized boolean begin() {
        if (begun) {
            return false;
        }
        begun = true;
        thread = Thread.currentThread();
        return true;
    }

    /** From here on a cancel does nothing: the thread may be at another build's work. */
    private synchronized void leave() {
        thread = null;
        Thread.interrupted(); // one that came too late
    }
}
