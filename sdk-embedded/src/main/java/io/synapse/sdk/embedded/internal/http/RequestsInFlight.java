package io.synapse.sdk.embedded.internal.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Knows how many requests have no answer yet. Jetty's own graceful stop would also wait for connections that are merely
 * open.
 */
final class RequestsInFlight extends Handler.Wrapper {
    private int count;

    RequestsInFlight(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        change(1);
        Request.addCompletionListener(request, failure -> change(-1));
        return super.handle(request, response, callback);
    }

    private synchronized void change(int by) {
        count += by;
        notifyAll();
    }

    /** Waits until all are answered, so long at most. */
    synchronized void awaitNone(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); count > 0 && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
