package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.HttpStream;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSink;
import io.synapse.sdk.internal.tail.LogSink.Form;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.internal.tail.TailContext;
import io.synapse.sdk.job.Job;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a job's log file, from its beginning: the engine compares what was delivered before. While the job runs
 * the file is followed, which the server never ends; so the job is asked for between two reads. Once it is over the file
 * is read to its end, and that proper end proves that nothing is missing.
 */
final class RayLogConnection implements LogConnection {
    private static final Duration ASK_INTERVAL = Duration.ofSeconds(1);

    /** What comes at once is given at once, up to so much. */
    private static final int ENOUGH = 256 << 10;

    /** Now and then the answer for a file that is missing is an empty one (wire/ray.md, section 2). */
    private static final int EMPTY_READS = 3;

    private final HttpTransport transport;
    private final TailContext context;
    private final RayHttpLog log;
    private final boolean nothingDelivered;
    private final boolean mayRefuse;
    private final FileText text = new FileText();

    private long offset;
    private boolean hasStarted;
    private boolean hasSlot;
    private boolean jobIsOver;
    private long askedAt;
    private int emptyReads;
    private @Nullable Job job;
    private @Nullable RayLogFile where;
    private volatile @Nullable HttpStream file;
    private volatile boolean aborted;

    /** What to say instead of reading, once it is known. */
    private @Nullable Ending ending;

    private interface Ending {
        void give(LogSink sink);
    }

    RayLogConnection(HttpTransport transport, TailContext context, RayHttpLog log, LogSource.Resume from) {
        this.transport = transport;
        this.context = context;
        this.log = log;
        this.nothingDelivered = from.offset() == 0;
        this.mayRefuse = from.hasAlternative();
    }

    @Override
    public boolean open() {
        Job found = context.ask(log.details());
        if (found.submissionId() == null) {
            throw BadRequestException.refused("job " + found.id() + " was not submitted: nothing keeps a log of it");
        }
        job = found;
        askedAt = context.nanoTime();
        jobIsOver = found.status().isTerminal();
        String node = found.driverNodeId();
        if (node == null && jobIsOver) {
            // it never began; what was done to begin it is told on the head
            node = NodeQuestion.id(context.ask(NodeQuestion.head())).orElse(null);
        }
        return node != null && open(found, new RayLogFile(node, found.id()));
    }

    private boolean open(Job found, RayLogFile wanted) {
        where = wanted;
        if (!jobIsOver) {
            takeSlot();
        }
        HttpStream answer = transport.stream(
                        jobIsOver ? wanted.asItIs() : wanted.asItGrows(),
                        transport.settings().readTimeout())
                .inconclusive(this::mayBeEmpty);
        file = answer;
        if (aborted) {
            answer.abort();
        }
        try {
            answer.open();
        } catch (RequestTimeoutException e) {
            if (!mayBeEmpty(e)) {
                throw e;
            }
            return false;
        } catch (NotFoundException e) {
            return isMissing(found);
        } catch (ServerException e) {
            return isFailing(found, wanted, e);
        }
        return true;
    }

    /** Whether it is only that the log is empty: the answer for one that grows begins with its first byte. */
    private boolean mayBeEmpty(ClientException failure) {
        return !jobIsOver
                && failure instanceof RequestTimeoutException timeout
                && timeout.kind() == RequestTimeoutException.Kind.READ;
    }

    /** The file is not there: false when it is not there yet. */
    private boolean isMissing(Job found) {
        boolean neverRan = nothingDelivered && found.driverExitCode() == null;
        ending = neverRan ? sink -> sink.complete(0) : sink -> sink.lost("its file is not there any more");
        return jobIsOver;
    }

    private boolean isFailing(Job found, RayLogFile wanted, ServerException failure) {
        String address = found.driverAgentHttpAddress();
        if (address != null && address.endsWith(":-1")) {
            // an agent that found its port taken goes on without one (wire/ray.md, section 7)
            ending = sink -> sink.error("nothing can read files of node " + wanted.node()
                    + ": its dashboard agent is off (" + address + ")");
            return true;
        }
        if (!jobIsOver || NodeQuestion.isAlive(context.ask(NodeQuestion.of(wanted.node())))) {
            throw failure;
        }
        ending = sink -> sink.lost("it was on node " + wanted.node() + ", which is dead");
        return true;
    }

    /**
     * The dashboard serves 100 requests to its state API at the same time, those that follow a file included: a client
     * that took them all could not even list nodes.
     */
    private void takeSlot() {
        hasSlot = log.slots().tryAcquire();
        if (!hasSlot && mayRefuse) {
            throw new RateLimitException(
                    Failure.of(429, "this client follows as many files over HTTP as it should already"), null);
        }
    }

    @Override
    public void read(Duration timeout, LogSink sink) throws IOException {
        Job found = job;
        if (!hasStarted && found != null) {
            hasStarted = true;
            sink.start(found.startTime() == null ? null : found.startTime().toString(), 0, false);
        }
        long deadline = context.nanoTime() + timeout.toNanos();
        while (!readSome(deadline, sink)) {
            if (context.nanoTime() - deadline >= 0) {
                throw new SocketTimeoutException("nothing came");
            }
        }
    }

    /** Whether the sink was given something. */
    private boolean readSome(long deadline, LogSink sink) throws IOException {
        HttpStream open = file;
        Ending last = ending;
        if (last != null || open == null) {
            if (last != null) {
                last.give(sink);
            }
            return true;
        }
        if (!jobIsOver && context.nanoTime() - askedAt >= ASK_INTERVAL.toNanos() && hasEnded(sink)) {
            return true;
        }
        long left = deadline - context.nanoTime();
        long wait = jobIsOver ? left : Math.min(left, ASK_INTERVAL.toNanos());
        byte[] room = text.room();
        int number;
        try {
            number = open.read(room, text.end(), room.length - text.end(), Duration.ofNanos(Math.max(wait, 1_000_000)));
        } catch (SocketTimeoutException e) {
            return false;
        }
        return number < 0 ? end(sink) : received(open, number, sink);
    }

    private boolean received(HttpStream open, int first, LogSink sink) throws IOException {
        int number = first;
        int all = 0;
        boolean any = false;
        while (number > 0) {
            all += number;
            text.added(number);
            any |= give(text.take(), sink);
            byte[] room = text.room();
            number = all < ENOUGH && open.available() > 0
                    ? open.read(room, text.end(), room.length - text.end(), ASK_INTERVAL)
                    : 0;
        }
        return any;
    }

    private boolean give(int length, LogSink sink) throws IOException {
        if (length == 0) {
            return false;
        }
        offset += length;
        sink.text(text.bytes(), text.from() - length, length, offset, Form.EXACT);
        return true;
    }

    /** A follower of the growing file gets no end; if one comes all the same, it means nothing. */
    private boolean end(LogSink sink) throws IOException {
        RayLogFile wanted = where;
        if (text.holdsReport() && context.ask(log.failsInBand())) {
            return failedInBand(text.held(), sink);
        }
        give(text.takeRest(), sink);
        if (!jobIsOver || wanted == null) {
            sink.end();
        } else if (offset == 0 && ++emptyReads < EMPTY_READS) {
            close();
            HttpStream again =
                    transport.stream(wanted.asItIs(), transport.settings().readTimeout());
            file = again;
            if (aborted) {
                again.abort();
            }
            again.open();
            return false;
        } else {
            sink.complete(offset);
        }
        return true;
    }

    /** What newer servers answer with a status (wire/ray.md, section 2). */
    private boolean failedInBand(String report, LogSink sink) {
        Job found = job;
        RayLogFile wanted = where;
        if (!jobIsOver || found == null || wanted == null) {
            sink.end();
        } else if (FileText.isMissing(report)) {
            isMissing(found);
        } else if (!NodeQuestion.isAlive(context.ask(NodeQuestion.of(wanted.node())))) {
            sink.lost("it was on node " + wanted.node() + ", which is dead");
        } else {
            sink.end(); // it may pass
        }
        Ending last = ending;
        if (last != null) {
            last.give(sink);
        }
        return true;
    }

    /** Asks for the job; whether that is the end of this connection. */
    private boolean hasEnded(LogSink sink) throws IOException {
        askedAt = context.nanoTime();
        try {
            if (context.ask(log.details()).status().isTerminal()) {
                sink.jobIsOver();
                return true;
            }
        } catch (CallCancelledException e) {
            throw new IOException(e);
        } catch (ConnectionException | RequestTimeoutException | ServerException e) {
            return false; // it may pass
        } catch (ClientException e) {
            sink.end(); // who asks again, to see what that is, gets the same
            return true;
        }
        return false;
    }

    @Override
    public ClientException explain(IOException failure) {
        if (failure.getCause() instanceof ClientException known) {
            return known;
        }
        HttpStream open = file;
        return open == null
                ? new ConnectionException(Failure.of(503, "the log is not open"), failure)
                : open.explain(failure);
    }

    @Override
    public void abort() {
        aborted = true;
        HttpStream open = file;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {
        if (hasSlot) {
            hasSlot = false;
            log.slots().release();
        }
        HttpStream open = file;
        if (open != null) {
            open.close();
        }
    }
}
