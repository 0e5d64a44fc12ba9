package io.synapse.sdk.internal.publish;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Gives a subscriber the elements it asks for, from one thread. It reads one ahead and no more, so that the end is seen
 * even when nothing more is asked for; the rest waits at the server.
 */
final class PullSubscription<T, R extends @Nullable Object> implements Flow.Subscription, Runnable {
    private final Pulled<T, R> source;
    private final Flow.Subscriber<? super T> subscriber;
    private final CompletableFuture<R> completion;

    private long requested;
    private boolean cancelled;
    private boolean stopped;
    private @Nullable RuntimeException failure;
    private boolean started;

    PullSubscription(Pulled<T, R> source, Flow.Subscriber<? super T> subscriber, CompletableFuture<R> completion) {
        this.source = source;
        this.subscriber = subscriber;
        this.completion = completion;
    }

    @Override
    public void request(long elements) {
        if (elements <= 0) {
            fail(new IllegalArgumentException("a subscriber must request at least one element, not " + elements));
            stop();
            return;
        }
        synchronized (this) {
            requested = requested > Long.MAX_VALUE - elements ? Long.MAX_VALUE : requested + elements;
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
        source.close();
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
            Iterator<T> elements = source.iterator();
            while (hasNext(elements)) {
                if (mayGoOn()) {
                    subscriber.onNext(elements.next());
                } else {
                    drop(elements); // of a source that is closed, so that it does not count as delivered
                }
            }
            finish();
        } catch (Throwable e) { // an Error too: a subscriber must not throw, and one that does gets no more signals
            completion.completeExceptionally(e);
            if (e instanceof VirtualMachineError error) {
                throw error;
            }
        } finally {
            source.close(); // on the reading thread, which alone can give the connection back
        }
    }

    /** Reads one ahead; false at the end, and when the stream failed. */
    private boolean hasNext(Iterator<T> elements) {
        try {
            return elements.hasNext();
        } catch (RuntimeException e) {
            fail(e);
            return false;
        }
    }

    private void drop(Iterator<T> elements) {
        try {
            elements.next();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Waits until an element may be delivered; false when none may any more, which the next read finds out too. */
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
            completion.complete(source.result());
            subscriber.onComplete();
        }
    }
}
