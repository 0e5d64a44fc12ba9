package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gives a subscriber the lines it asks for, from one thread. It reads one line ahead and no more, so that the end of
 * the log is seen even when nothing more is asked for; the rest waits at the server.
 */
final class LogSubscription implements Flow.Subscription, Runnable {
    private final LogStream log;
    private final Flow.Subscriber<? super String> subscriber;
    private final CompletableFuture<JobStatus> completion;

    private long requested;
    private boolean cancelled;
    private boolean stopped;
    private @Nullable RuntimeException failure;
    private boolean started;

    LogSubscription(
            LogStream log, Flow.Subscriber<? super String> subscriber, CompletableFuture<JobStatus> completion) {
        this.log = log;
        this.subscriber = subscriber;
        this.completion = completion;
    }

    @Override
    public void request(long lines) {
        if (lines <= 0) {
            fail(new IllegalArgumentException("a subscriber must request at least one line, not " + lines));
            stop();
            return;
        }
        synchronized (this) {
            requested = requested > Long.MAX_VALUE - lines ? Long.MAX_VALUE : requested + lines;
            notifyAll();
        }
    }

    @Override
    public void cancel() {
        synchronized (this) {
            cancelled = true;
        }
        completion.cancel(false);
        stop();
    }

    /** Ends the stream; the subscriber gets a signal, unless it was the one who cancelled. */
    void stop() {
        log.close();
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
    }

    /** Whether {@link #run} was not called, and never will be after this. */
    synchronized boolean mayStart() {
        boolean may = !started;
        started = true;
        return may;
    }

    @Override
    public void run() {
        if (!mayStart()) {
            return;
        }
        try {
            subscriber.onSubscribe(this);
            Iterator<String> lines = log.iterator();
            String line = next(lines);
            while (line != null) {
                if (mayGoOn()) {
                    subscriber.onNext(line);
                }
                line = next(lines);
            }
            finish();
        } catch (Throwable e) { // an Error too: a subscriber must not throw, and one that does gets no more signals
            completion.completeExceptionally(e);
            if (e instanceof VirtualMachineError error) {
                throw error;
            }
        } finally {
            log.close(); // on the reading thread, which alone can give the connection back
        }
    }

    /** The next line; null at the end, and when the stream failed. */
    private @Nullable String next(Iterator<String> lines) {
        try {
            return lines.hasNext() ? lines.next() : null;
        } catch (RuntimeException e) {
            fail(e);
            return null;
        }
    }

    /** Waits until a line may be delivered; false when none may any more, which the next read finds out too. */
    private synchronized boolean mayGoOn() {
        while (requested == 0 && !stopped) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop();
            }
        }
        if (stopped) {
            return false;
        }
        requested -= requested == Long.MAX_VALUE ? 0 : 1;
        return true;
    }

    /** The first failure is the one that counts. */
    private synchronized void fail(RuntimeException why) {
        if (failure == null) {
            failure = why;
        }
    }

    private void finish() {
        RuntimeException why;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            why = failure;
        }
        if (why != null) {
            completion.completeExceptionally(why);
            subscriber.onError(why);
        } else {
            completion.complete(log.finalStatus().orElseThrow());
            subscriber.onComplete();
        }
    }
}
