package io.synapse.sdk.ray.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.HttpBytes;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogEvent;
import io.synapse.sdk.internal.tail.LogSource;
import io.synapse.sdk.job.Job;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a job's log file. While the job runs the file is followed, which the server never ends; once it is
 * over the file is read to its end, and that proper end proves that nothing is missing.
 */
final class RayLogConnection implements LogConnection {
    private static final int PIECE = 64 << 10;

    private final HttpTransport transport;
    private final RayHttpLog log;
    private final byte[] piece = new byte[PIECE];
    private final Utf8Text text = new Utf8Text(PIECE);

    /** Bytes that were delivered before and are to be passed over. */
    private long toSkip;

    /** Bytes of the log that were read, those passed over included. */
    private long offset;

    private final boolean mayRefuse;
    private boolean hasSlot;
    private boolean jobIsOver;
    private @Nullable HttpBytes file;

    /** All that is left to say, once it is known without reading on. */
    private @Nullable LogEvent last;

    private volatile Runnable abortion = () -> {};
    private volatile boolean aborted;

    /**
     * A connection that is not open yet.
     *
     * @param from bytes before its offset were delivered before
     */
    RayLogConnection(HttpTransport transport, RayHttpLog log, LogSource.Resume from) {
        this.transport = transport;
        this.log = log;
        this.toSkip = from.offset();
        this.offset = from.offset();
        this.mayRefuse = from.hasAlternative();
    }

    @Override
    public boolean open() {
        Job job = ask(log.details());
        jobIsOver = job.status().isTerminal();
        String node = job.driverNodeId();
        if (node == null && jobIsOver) {
            // it never began; what was done to begin it is told on the head
            node = NodeQuestion.id(ask(NodeQuestion.head())).orElse(null);
        }
        return node != null && open(job, new RayLogFile(node, job.id()));
    }

    private boolean open(Job job, RayLogFile where) {
        if (!jobIsOver) {
            takeSlot();
        }
        HttpBytes answer = new HttpBytes(transport.stream(
                jobIsOver ? where.asItIs() : where.asItGrows(),
                transport.settings().readTimeout()));
        file = answer;
        abortWith(answer::abort);
        try {
            answer.open();
        } catch (RequestTimeoutException e) {
            if (jobIsOver || e.kind() != RequestTimeoutException.Kind.READ) {
                throw e;
            }
            return false; // the answer begins with the first byte of the log
        } catch (NotFoundException e) {
            if (!jobIsOver) {
                return false;
            }
            boolean neverRan = offset == 0 && job.driverExitCode() == null;
            last = neverRan ? new LogEvent.Complete() : new LogEvent.Lost("its file is not there any more");
        } catch (ServerException e) {
            if (isAgentOff(job)) {
                last = new LogEvent.Error("nothing can read files of node " + where.node()
                        + ": its dashboard agent is off (" + job.driverAgentHttpAddress() + ")");
                return true;
            }
            if (!jobIsOver || NodeQuestion.isAlive(ask(NodeQuestion.of(where.node())))) {
                throw e;
            }
            last = new LogEvent.Lost("it was on node " + where.node() + ", which is dead");
        }
        return true;
    }

    /** An agent that found its port taken goes on without one (wire/ray.md, section 7). */
    private static boolean isAgentOff(Job job) {
        String address = job.driverAgentHttpAddress();
        return address != null && address.endsWith(":-1");
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
    public boolean endsWithJob() {
        return jobIsOver;
    }

    @Override
    public LogEvent next(Duration timeout) throws IOException {
        HttpBytes open = file;
        if (last != null || open == null) {
            return last == null ? new LogEvent.End() : last;
        }
        if (toSkip > 0) {
            return skip(open, timeout);
        }
        String characters = "";
        while (characters.isEmpty()) {
            int length = open.read(piece, timeout);
            if (length < 0) {
                return end();
            }
            offset += length;
            characters = text.decode(piece, length);
        }
        return new LogEvent.Text(characters, offset - text.waiting(), LogEvent.Form.EXACT);
    }

    private LogEvent skip(HttpBytes open, Duration timeout) throws IOException {
        long repeated = toSkip;
        if (open.skip(repeated, timeout) < repeated) {
            return jobIsOver ? new LogEvent.Lost("its file is shorter than what was read before") : new LogEvent.End();
        }
        toSkip = 0;
        return new LogEvent.Repeated(repeated);
    }

    /** A reader of the growing file is told of no end; if one comes all the same, it means nothing. */
    private LogEvent end() {
        if (!jobIsOver) {
            return new LogEvent.End();
        }
        LogEvent complete = new LogEvent.Complete();
        last = complete;
        String rest = text.end();
        return rest.isEmpty() ? complete : new LogEvent.Text(rest, offset, LogEvent.Form.EXACT);
    }

    @Override
    public ClientException explain(IOException failure) {
        HttpBytes open = file;
        return open == null
                ? new ConnectionException(Failure.of(503, "the log is not open"), failure)
                : open.explain(failure);
    }

    @Override
    public void abort() {
        aborted = true;
        abortion.run();
    }

    @Override
    public void close() {
        if (hasSlot) {
            hasSlot = false;
            log.slots().release();
        }
        HttpBytes open = file;
        if (open != null) {
            open.close();
        }
    }

    private <T> T ask(Endpoint<T> question) {
        Exchange<T> exchange = transport.exchange(question, transport.settings().callTimeout());
        abortWith(() -> exchange.abort("its stream was closed"));
        Outcome<T> outcome = exchange.run();
        FailedAttempt failed = outcome.failed();
        if (failed != null) {
            throw failed.exception(1);
        }
        return outcome.value();
    }

    private void abortWith(Runnable way) {
        abortion = way;
        if (aborted) {
            way.run();
        }
    }
}
