package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.embedded.internal.DaemonThreads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Workers that wait for a job, none of them with a thread. When there may be one, they are served in the order in which they
 * came. Thread-safe.
 */
public final class LongPolls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LongPolls.class);

    /** No name of a machine. */
    private static final String ANY = "";

    private final JobQueue queue;
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    private final Set<String> due = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("experiments-long-polls"));

    /** Waits for jobs of this queue. */
    public LongPolls(JobQueue queue) {
        this.queue = queue;
        queue.listen(this::serveSoon);
    }

    /**
     * The next job for a machine, as soon as there is one; none when there was none for so long.
     *
     * @param isThere whether the machine still wants to know; asked before a job is taken for it, and after
     */
    public CompletableFuture<Optional<Job>> next(String host, Duration wait, BooleanSupplier isThere) {
        queue.hear(host);
        Waiter waiter = new Waiter(host, isThere);
        serve(waiter);
        if (wait.isZero()) {
            waiter.answer.complete(Optional.empty()); // unless there was one
        }
        if (waiter.answer.isDone()) {
            return waiter.answer;
        }
        waiters.add(waiter);
        waiter.answer.whenComplete((job, failure) -> waiters.remove(waiter));
        try {
            executor.schedule(() -> waiter.answer.complete(Optional.empty()), wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is closing; nobody waits any more", e);
            waiter.answer.complete(Optional.empty());
        }
        serveSoon(host); // a job may have come in between
        return waiter.answer;
    }

    private void serveSoon(@Nullable String host) {
        if (waiters.isEmpty()) {
            return;
        }
        due.add(host == null ? ANY : host);
        if (!isDue.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::serve);
        } catch (RejectedExecutionException e) {
            LOG.debug("the server is closing; nobody is served any more", e);
        }
    }

    private void serve() {
        isDue.set(false);
        List<String> hosts = List.copyOf(due);
        hosts.forEach(due::remove);
        for (Waiter waiter : waiters) {
            if (hosts.contains(ANY) || hosts.contains(waiter.host)) {
                serve(waiter);
            }
        }
    }

    private void serve(Waiter waiter) {
        try {
            queue.claim(waiter.host, waiter.isThere).ifPresent(job -> {
                if (!waiter.isThere.getAsBoolean() || !waiter.answer.complete(Optional.of(job))) {
                    waiter.answer.complete(Optional.empty()); // unless the server is closing
                    takeBack(job);
                }
            });
        } catch (RuntimeException e) {
            waiter.answer.completeExceptionally(e);
        }
    }

    /** The machine that a job was taken for has not been told of it: others can have the job at once. */
    public void takeBack(Job job) {
        LOG.debug("job {} goes back to its place: {} was gone before it could be told", job.uid(), job.host());
        queue.applyIfKnown(job.uid(), new JobEvent.NotDelivered(job.attempt()));
    }

    /** Tells all that there is none. */
    @Override
    public void close() {
        executor.shutdownNow();
        waiters.forEach(waiter -> waiter.answer.complete(Optional.empty()));
    }

    /** A worker that waits. It is ended by the one thread of the executor, so a job is never claimed for one that has. */
    private static final class Waiter {
        private final String host;
        private final BooleanSupplier isThere;
        private final CompletableFuture<Optional<Job>> answer = new CompletableFuture<>();

        Waiter(String host, BooleanSupplier isThere) {
            this.host = host;
            this.isThere = isThere;
        }
    }
}
