package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does a piece of work and pauses, again and again, until it is done or closed. */
final class WorkLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
    private static final Duration AFTER_FAULT = Duration.ofSeconds(1);
    private static final long CLOSE_MILLISECONDS = 10_000;

    private final String name;
    private final Work work;
    private final Thread thread;
    private final Object pause = new Object();
    private boolean isAwake;

    /** What a loop does. */
    interface Work {
        /** The pause until it is to be done again; negative when nothing is left to do. */
        Duration perform() throws InterruptedException;
    }

    /** What {@link Work#perform} answers when nothing is left to do. */
    static final Duration DONE = Duration.ofNanos(-1);

    WorkLoop(String name, Work work) {
        this.name = name;
        this.work = work;
        this.thread = new DaemonThreads("experiment-worker-" + name).newThread(this::run);
    }

    /** Begins. */
    void start() {
        thread.start();
    }

    /** Ends the present or the next pause. */
    void wake() {
        synchronized (pause) {
            isAwake = true;
            pause.notifyAll();
        }
    }

    /** Waits until nothing is left to do, at most for so long. */
    void join(Duration longest) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, longest.toNanos());
    }

    private void run() {
        try {
            for (Duration next = perform(); !next.isNegative(); next = perform()) {
                sleep(next);
            }
        } catch (InterruptedException | CallCancelledException e) {
            LOG.debug("{} ends", name);
        }
    }

    /** What nobody has foreseen must not end a worker that others rely on. */
    private Duration perform() throws InterruptedException {
        try {
            return work.perform();
        } catch (CallCancelledException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("{} goes on after", name, e);
            return AFTER_FAULT;
        }
    }

    private void sleep(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        synchronized (pause) {
            for (long left = end - System.nanoTime(); left > 0 && !isAwake; left = end - System.nanoTime()) {
                pause.wait(left / 1_000_000, (int) (left % 1_000_000));
            }
            isAwake = false;
        }
    }

    /** Ends it, with the call that it makes. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
