package io.synapse.sdk.embedded.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Takes in the bodies of requests: within a time limit, without a thread that waits, and no more at once than the memory
 * of this process allows. Archives and uploads, which go to the disk as they come, are read by a
 * thread each, which is why no more come in at once than leaves threads for others.
 */
final class BodyHandler extends Handler.Wrapper {
    /** For what one request's documents may take beyond their bytes: a JSON document has several times its size in memory. */
    private static final int SHARE_OF_MEMORY = 16;

    private static final int MAX_ARCHIVES = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Each gives a caller one second more. */
    private static final long LEAST_BYTES_PER_SECOND = 16 << 10;

    private final String owner;
    private final ErrorForm errors;
    private final long maxBody;
    private final long maxArchive;
    private final Predicate<String> uploads;
    private final long maxTotal = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
    private final BodyMemory memory = new BodyMemory(maxTotal);
    private final Semaphore archives = new Semaphore(MAX_ARCHIVES);

    BodyHandler(GuardedServer.Settings settings) {
        this.owner = settings.owner();
        this.errors = settings.errors();
        this.maxBody = Math.min(settings.maxBody(), maxTotal);
        this.maxArchive = settings.maxArchive();
        this.uploads = settings.uploads();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HttpFields headers = request.getHeaders();
        long length = headers.getLongField(HttpHeader.CONTENT_LENGTH);
        if (length <= 0 && !headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return super.handle(request, response, callback);
        }
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        boolean isUpload = request.getMethod().equals("PUT") && uploads.test(Request.getPathInContext(request));
        boolean isArchive = isUpload || type != null && type.startsWith("multipart/");
        long most = isUpload ? Long.MAX_VALUE : isArchive ? maxArchive : maxBody;
        if (length > most) {
            refuse(tooLarge(isArchive), request, response, callback);
            return true;
        }
        if (!isArchive) {
            new Reading(request, response, callback).run();
            return true;
        }
        if (!archives.tryAcquire()) {
            Refusal refusal = new Refusal(503, MAX_ARCHIVES + " archives are being uploaded; no more at once");
            refuse(refusal, request, response, callback);
            return true;
        }
        return super.handle(new Arriving(request), response, callback);
    }

    private void refuse(Refusal refusal, Request request, Response response, Callback callback) {
        disconnectAfterTimeLimit(request);
        refusal.send(request, response, callback, errors);
    }

    private static TimeLimit disconnectAfterTimeLimit(Request request) {
        EndPoint caller = request.getConnectionMetaData().getConnection().getEndPoint();
        return new TimeLimit(request, () -> caller.close(new TimeoutException("the body did not come in time")));
    }

    private Refusal tooLarge(boolean isArchive) {
        String what = isArchive ? "form" : "body";
        return new Refusal(
                413, "the request's " + what + " is larger than " + (isArchive ? maxArchive : maxBody) + " bytes");
    }

    /** The time limit of a body: each part that has come in makes it longer. */
    private static final class TimeLimit implements Runnable {
        private final Request request;
        private final Runnable timeout;
        private Scheduler.Task next;
        private boolean cancelled;

        /** Begins; runs this when the time is up, unless the request is over by then. */
        TimeLimit(Request request, Runnable timeout) {
            this.request = request;
            this.timeout = timeout;
            this.next = after(PATIENCE);
            Request.addCompletionListener(request, failure -> cancel());
        }

        synchronized void cancel() {
            cancelled = true;
            next.cancel();
        }

        @Override
        public void run() {
            long seconds = Request.getContentBytesRead(request) / LEAST_BYTES_PER_SECOND;
            Duration passed = Duration.ofNanos(System.nanoTime() - request.getHeadersNanoTime());
            Duration left = PATIENCE.plusSeconds(seconds).minus(passed);
            boolean isUp = left.isNegative() || left.isZero();
            synchronized (this) {
                if (cancelled) {
                    return;
                }
                if (!isUp) {
                    next = after(left);
                    return;
                }
            }
            timeout.run();
        }

        private Scheduler.Task after(Duration delay) {
            return request.getComponents().getScheduler().schedule(this, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** A body that comes in; then the request is handled. */
    private final class Reading implements Runnable {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final AtomicBoolean over = new AtomicBoolean();
        private final TimeLimit timeLimit;

        Reading(Request request, Response response, Callback callback) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            Request.addCompletionListener(request, failure -> forget());
            timeLimit = new TimeLimit(request, () -> end(new Refusal(408, "the request's body did not come in time")));
        }

        /** Reads what is there; is called again when there is more. */
        @Override
        public void run() {
            while (!over.get()) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, this));
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    if (over.compareAndSet(false, true)) {
                        callback.failed(chunk.getFailure());
                    }
                    return;
                }
                Optional<Refusal> refusal = take(chunk.getByteBuffer());
                boolean isLast = chunk.isLast();
                chunk.release();
                if (refusal.isPresent()) {
                    end(refusal.get());
                } else if (isLast && over.compareAndSet(false, true)) {
                    timeLimit.cancel();
                    request.getContext().execute(this::handle);
                }
            }
        }

        private synchronized Optional<Refusal> take(ByteBuffer bytes) {
            int length = bytes.remaining();
            if (body.size() + length > maxBody) {
                return Optional.of(tooLarge(false));
            }
            if (!memory.take(length, body.size())) {
                body.reset();
                return Refusal.of(
                        503, "the " + owner + " has no memory for this request beside those it works on; try again");
            }
            byte[] copy = new byte[length];
            bytes.get(copy);
            body.writeBytes(copy);
            return Optional.empty();
        }

        private synchronized void forget() {
            memory.release(body.size());
            body.reset();
        }

        private void end(Refusal refusal) {
            if (over.compareAndSet(false, true)) {
                forget(); // at once: another may have the room
                refuse(refusal, request, response, callback);
            }
        }

        private void handle() {
            Request received = new Received(request, body.toByteArray());
            try {
                if (!getHandler().handle(received, response, callback)) {
                    Response.writeError(received, response, callback, 404);
                }
            } catch (Throwable e) { // as Jetty does it for those who handle a request later
                Response.writeError(received, response, callback, e);
            }
        }
    }

    /** A request whose body is read as it comes. */
    private final class Arriving extends Request.Wrapper {
        private final TimeLimit limit;
        private final AtomicBoolean here = new AtomicBoolean();

        Arriving(Request request) {
            super(request);
            limit = disconnectAfterTimeLimit(request);
            Request.addCompletionListener(request, failure -> end());
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                end();
            }
            return chunk;
        }

        private void end() {
            limit.cancel();
            if (here.compareAndSet(false, true)) {
                archives.release();
            }
        }
    }

    /** A request whose body is in memory. */
    private static final class Received extends Request.Wrapper {
        private final long length;
        private final Content.Source body;

        Received(Request request, byte[] bytes) {
            super(request);
            length = bytes.length;
            body = new ByteBufferContentSource(ByteBuffer.wrap(bytes));
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable demandCallback) {
            body.demand(demandCallback);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
