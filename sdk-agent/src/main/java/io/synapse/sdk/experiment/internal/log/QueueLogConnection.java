package io.synapse.sdk.experiment.internal.log;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import io.synapse.sdk.experiment.internal.LogChunk;
import io.synapse.sdk.internal.tail.LogConnection;
import io.synapse.sdk.internal.tail.LogSink;
import io.synapse.sdk.internal.tail.LogSink.Form;
import io.synapse.sdk.internal.tail.TailContext;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log piece by piece. The job is asked for before each piece, so that what is read of the log of a job that is over
 * is all of it, and after it, so that what is given on is of the same attempt: each has a log of its own, in the same place.
 * The job tells of a new attempt before that has written anything, so its log may still be that of the attempt before; the
 * end of what was given on is therefore read once more with each piece.
 */
final class QueueLogConnection implements LogConnection {
    private static final int NOT_SATISFIABLE = 416;
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Of a log that is read as a whole, at most this part of the time is spent with reading. */
    private static final int PAUSE_FACTOR = 4;

    /** So many bytes before a piece are read once more. */
    private static final int REPEATED = 4 << 10;

    private final TailContext context;
    private final QueueLog log;
    private final CRC32C checksum = new CRC32C();

    /** Where the next piece begins. */
    private long offset;

    /** Where the log was begun to be read, once that is known. */
    private long start = LogSink.UNKNOWN;

    private boolean hasStarted;
    private boolean jobIsOver;
    private boolean reachedEnd;
    private @Nullable Integer attempt;
    private @Nullable Instant jobStart;
    private @Nullable LogChunk first;

    /** The last bytes that were given on. */
    private byte[] last = {};

    private Duration pause = Duration.ZERO;
    private volatile boolean aborted;

    QueueLogConnection(TailContext context, QueueLog log, long offset) {
        this.context = context;
        this.log = log;
        this.offset = offset;
    }

    @Override
    public boolean open() {
        ExperimentJob job = context.ask(log.job());
        jobIsOver = QueueLog.status(job).isTerminal();
        attempt = job.attempt();
        jobStart = job.startedAt();
        if (attempt != null && job.status().equals(ExperimentStatus.ASSIGNED)) {
            return false; // the log is that of the attempt before
        }
        try {
            first = next();
        } catch (NotFoundException e) {
            if (!jobIsOver) {
                return false;
            }
            first = new LogChunk(0, new byte[0], true); // a job that never began has no log
            reachedEnd = true;
        }
        return true;
    }

    private LogChunk next() {
        long begin = context.nanoTime();
        LogChunk chunk = context.ask(ExperimentProtocol.with(dialect -> dialect.log(log.uid(), offset - last.length)));
        Duration took = Duration.ofNanos(context.nanoTime() - begin).multipliedBy(PAUSE_FACTOR);
        pause = took.compareTo(SHORTEST_PAUSE) < 0
                ? SHORTEST_PAUSE
                : took.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : took;
        reachedEnd = chunk.reachesEnd();
        return chunk;
    }

    @Override
    public void read(Duration timeout, LogSink sink) throws IOException {
        long deadline = context.nanoTime() + timeout.toNanos();
        boolean isNew = false;
        while (!isNew) {
            boolean wasOver = jobIsOver;
            if (first == null && reachedEnd && !wasOver) {
                waitBefore(deadline);
            }
            LogChunk ready = first == null ? piece(sink) : first;
            first = null;
            if (ready == null || !isOfSameAttempt(sink) || !goesOn(ready, sink)) {
                return;
            }
            isNew = give(ready, sink);
            if (wasOver && reachedEnd) {
                sink.complete(offset);
                return;
            }
        }
    }

    /** Asks for the job; when it has begun again, the sink was told. */
    private boolean isOfSameAttempt(LogSink sink) throws IOException {
        ExperimentJob job;
        try {
            job = context.ask(log.job());
        } catch (CallCancelledException e) {
            throw new IOException(e);
        }
        boolean isSame =
                attempt == null ? jobStart == null || jobStart.equals(job.startedAt()) : attempt.equals(job.attempt());
        jobStart = job.startedAt();
        jobIsOver = QueueLog.status(job).isTerminal();
        if (!isSame && hasStarted) {
            sink.lost("attempt " + (attempt == null ? "" : job.attempt() + " ") + "of its job, which began at "
                    + jobStart + ", has a log of its own");
        } else if (!isSame) {
            sink.end();
        }
        return isSame;
    }

    /** The next piece; null when the log is not what it was, which the sink was told. */
    private @Nullable LogChunk piece(LogSink sink) throws IOException {
        try {
            return next();
        } catch (CallCancelledException e) {
            throw new IOException(e);
        } catch (NotFoundException e) {
            sink.lost("its file is not there any more");
        } catch (ClientException e) {
            if (e.statusCode() != NOT_SATISFIABLE) {
                throw e;
            }
            sink.lost("it is shorter now than what was delivered of it");
        }
        return null;
    }

    private void waitBefore(long deadline) throws IOException {
        long left = deadline - context.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("nothing came");
        }
        try {
            context.pause(pause.toNanos() < left ? pause : Duration.ofNanos(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        if (aborted) {
            throw new IOException("the stream was closed");
        }
    }

    /** Whether a piece begins as what was given on before ended; else the sink was told. */
    private boolean goesOn(LogChunk chunk, LogSink sink) throws IOException {
        if (!hasStarted) {
            hasStarted = true;
            start = chunk.offset();
            offset = chunk.offset();
            sink.start(attempt == null ? null : "attempt " + attempt, offset, false);
        }
        int known = known(chunk);
        boolean isShorter = known > chunk.bytes().length;
        if (isShorter || !isAsBefore(chunk, known)) {
            sink.lost(
                    isShorter
                            ? "it is shorter now than what was delivered of it"
                            : "it has other bytes now than those that were delivered of it");
            return false;
        }
        return true;
    }

    private int known(LogChunk chunk) {
        return Math.toIntExact(offset - chunk.offset());
    }

    /** Whether there was anything new. */
    private boolean give(LogChunk chunk, LogSink sink) throws IOException {
        int known = known(chunk);
        int length = chunk.bytes().length - known;
        if (length == 0) {
            return false;
        }
        checksum.update(chunk.bytes(), known, length);
        offset += length;
        last = Arrays.copyOfRange(chunk.bytes(), Math.max(0, known + length - REPEATED), known + length);
        sink.text(chunk.bytes(), known, length, offset, Form.EXACT);
        return true;
    }

    /** What was read before must be the same: all of it in a log that comes as a whole. */
    private boolean isAsBefore(LogChunk chunk, int known) {
        if (chunk.offset() != start) {
            return Arrays.equals(chunk.bytes(), 0, known, last, 0, last.length);
        }
        CRC32C now = new CRC32C();
        now.update(chunk.bytes(), 0, known);
        return now.getValue() == checksum.getValue();
    }

    @Override
    public ClientException explain(IOException failure) {
        return failure.getCause() instanceof ClientException known
                ? known
                : new ConnectionException(
                        Failure.of(503, "the log of job " + log.uid() + " cannot be read: " + failure.getMessage()),
                        failure);
    }

    @Override
    public void abort() {
        aborted = true; // the context ends a pause and a request
    }

    @Override
    public void close() {
        // each piece has had its own request
    }
}
