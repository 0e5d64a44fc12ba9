package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The work of one service: so much at a time, so much more that waits, first come, first served, and no more. What is
 * cancelled keeps its place until its thread has ended it, so that never more runs than may. Thread-safe.
 */
public final class WorkQueue {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final String name;
    private final Limits limits;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Set<Work<?>> running = new LinkedHashSet<>();
    private final Deque<Work<?>> waiting = new ArrayDeque<>();
    private boolean stopped;
    private long begun;
    private long succeeded;
    private long failed;
    private long refused;
    private long nanos;

    /**
     * How much a service takes on.
     *
     * @param inFlight how much at a time; at least 1
     * @param queued how much more waits; not negative
     */
    public record Limits(int inFlight, int queued) {}

    /**
     * What a service has done.
     *
     * @param limits what it may take on
     * @param inFlight what it is doing
     * @param queued what waits
     * @param begun what was begun
     * @param succeeded what has succeeded
     * @param failed what has failed
     * @param refused what there was no place for
     * @param nanos how long all that is over took
     */
    public record Counts(
            Limits limits,
            int inFlight,
            int queued,
            long begun,
            long succeeded,
            long failed,
            long refused,
            long nanos) {}

    /**
     * An empty queue.
     *
     * @param threads where work is done; gives each a thread at once
     * @param timer ends what takes too long
     */
    WorkQueue(String name, Limits limits, Executor threads, ScheduledExecutorService timer) {
        this.name = name;
        this.limits = limits;
        this.threads = threads;
        this.timer = timer;
    }

    /** The name of the service. */
    public String name() {
        return name;
    }

    /**
     * Takes work on.
     *
     * @param limit how long it may take, the wait included
     * @throws GatewayFailure when it is refused
     */
    <T> Work<T> submit(Duration limit, Callable<T> task) {
        Work<T> work = new Work<>(this, task);
        boolean startsNow;
        synchronized (this) {
            if (stopped) {
                throw new GatewayFailure(Kind.UNAVAILABLE, "the gateway is shutting down").in(name);
            }
            startsNow = running.size() < limits.inFlight();
            if (!startsNow && waiting.size() >= limits.queued()) {
                refused++;
                String message = name + " has " + running.size() + " calls in flight and " + waiting.size()
                        + " that wait, which is its limit";
                throw new GatewayFailure(Kind.OVERLOADED, message).in(name).retryAfter(RETRY_AFTER);
            }
            (startsNow ? running : waiting).add(work);
        }
        work.limitedBy(timer.schedule(() -> expire(work, limit), limit.toNanos(), TimeUnit.NANOSECONDS));
        if (startsNow) {
            start(work);
        }
        return work;
    }

    private void expire(Work<?> work, Duration limit) {
        String message = work.isBegun()
                ? "it did not end within " + limit.toMillis() + " ms"
                : "it waited for " + limit.toMillis() + " ms behind the " + inFlight() + " calls in flight";
        work.cancel(new GatewayFailure(Kind.DEADLINE, message));
    }

    private void start(Work<?> first) {
        synchronized (this) {
            begun++;
        }
        threads.execute(() -> {
            long from = System.nanoTime();
            first.run();
            Work<?> next;
            synchronized (this) {
                nanos += System.nanoTime() - from;
                if (first.hasSucceeded()) {
                    succeeded++;
                } else {
                    failed++;
                }
                running.remove(first);
                next = waiting.poll();
                if (next != null) {
                    running.add(next);
                }
                notifyAll();
            }
            if (next != null) {
                start(next);
            }
        });
    }

    synchronized void leave(Work<?> work) {
        if (waiting.remove(work)) {
            notifyAll();
        }
    }

    synchronized int inFlight() {
        return running.size();
    }

    /** What it has done until now. */
    public synchronized Counts counts() {
        return new Counts(limits, running.size(), waiting.size(), begun, succeeded, failed, refused, nanos);
    }

    /** Waits until it has nothing to do, so long at most. */
    synchronized boolean awaitIdle(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!running.isEmpty() || !waiting.isEmpty()) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    /** Ends all that it has, and takes nothing on any more. */
    void cancelAll(GatewayFailure why) {
        List<Work<?>> all;
        synchronized (this) {
            stopped = true;
            all = new ArrayList<>(waiting);
            all.addAll(running);
        }
        all.forEach(work -> work.cancel(why));
    }
}
