package io.synapse.sdk.embedded.internal.container;

import com.github.dockerjava.api.exception.DockerException;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
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
    private final Consumer<BuildRecord> end;
    private final CompletableFuture<BuildRecord> ended = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean cancelled;

    Build(BuildRecord record, Work work, Consumer<BuildRecord> end) {
        this.record = record;
        this.work = work;
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

    /** Its end, however long that takes. */
    public BuildRecord await() {
        return ended.join();
    }

    void startOn(ExecutorService threads, BuildLog log) {
        threads.execute(() -> run(log));
    }

    /** Has it end as soon as possible. */
    synchronized void cancel() {
        cancelled = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void run(BuildLog log) {
        BuildRecord result;
        try (log) {
            result = attempt(log);
        } catch (IOException e) {
            LOG.error("the log of build {} cannot be completed", record.id(), e);
            result = record.ended(BuildStatus.FAILED, "its log cannot be completed: " + e.getMessage());
        }
        finish(result);
    }

    /** Whatever comes of it, the log says it too. */
    private BuildRecord attempt(BuildLog log) {
        BuildRecord result;
        try {
            begin();
            result = record.completed(work.run(log));
        } catch (BuildFailedException | RefusedException | DockerException e) {
            result = record.ended(BuildStatus.FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            result = record.ended(BuildStatus.CANCELLED, "the build was cancelled");
        } catch (IOException | RuntimeException e) {
            LOG.error("build {} failed", record.id(), e);
            result = record.ended(BuildStatus.FAILED, "the agent failed to do this: " + e);
        }
        log.say(result.status().word() + (result.error() == null ? "" : ": " + result.error()));
        return result;
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

    private synchronized void begin() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException();
        }
        thread = Thread.currentThread();
    }

    /** From here on a cancel does nothing: the thread may be at another build's work. */
    private synchronized void leave() {
        thread = null;
        Thread.interrupted(); // one that came too late
    }
}
