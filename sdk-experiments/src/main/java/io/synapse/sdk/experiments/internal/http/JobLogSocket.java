package io.synapse.sdk.experiments.internal.http;

import io.synapse.sdk.embedded.internal.http.WebSocketWriter;
import io.synapse.sdk.experiments.internal.file.CharacterCut;
import io.synapse.sdk.experiments.internal.file.JobLogs;
import io.synapse.sdk.experiments.internal.file.JobLookup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard output of a job for one WebSocket: a frame a line, without its end, after one that says whose it is and before
 * one that says how the job ended. A job that is tried again has the output of the next attempt follow.
 */
final class JobLogSocket implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JobLogSocket.class);
    private static final long PAUSE_MILLIS = 200;

    /** So many bytes of a line are in a frame. */
    private static final int LONGEST = 64 << 10;

    private final Session session;
    private final WebSocketWriter writer;
    private final String uid;
    private final JobLogs logs;
    private final JobLookup jobs;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int attempt;
    private long offset;

    JobLogSocket(Session session, String uid, JobLogs logs, JobLookup jobs) {
        this.session = session;
        this.writer = new WebSocketWriter(session);
        this.uid = uid;
        this.logs = logs;
        this.jobs = jobs;
    }

    /** The reader has gone. */
    void stop() {
        stopped.countDown();
        writer.stop();
    }

    @Override
    public void run() {
        try {
            control("CONNECTED TO LOG STREAM FOR JOB " + uid);
            control("JOB " + follow().toUpperCase(Locale.ROOT));
            session.close(StatusCode.NORMAL, "", Callback.NOOP);
        } catch (InterruptedIOException | InterruptedException e) {
            LOG.debug("a WebSocket with the log of job {} ends", uid, e);
            session.close(StatusCode.SHUTDOWN, "the server is closing", Callback.NOOP);
        } catch (IOException e) {
            LOG.debug("the reader of the log of job {} has gone", uid, e);
        } catch (RuntimeException e) {
            LOG.warn("the log of job {} cannot be followed any further", uid, e);
            session.close(StatusCode.SERVER_ERROR, "the log cannot be read", Callback.NOOP);
        }
    }

    private void control(String sentence) throws IOException {
        writer.send("--- " + sentence + " ---");
    }

    /** The last state of the job. */
    private String follow() throws IOException, InterruptedException {
        do {
            // Asked before the log is read, all of which a worker sends before it tells of the end.
            Optional<JobLookup.Job> job = jobs.find(uid);
            if (job.isEmpty()) {
                return "deleted";
            }
            if (job.get().attempt() != attempt) {
                attempt = job.get().attempt();
                offset = 0;
            }
            sendNew(job.get().isOver());
            if (job.get().isOver()) {
                return job.get().state();
            }
        } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        throw new IOException("the reader has gone");
    }

    private void sendNew(boolean isWhole) throws IOException {
        int sent;
        do {
            sent = send(next(), isWhole);
            offset += sent;
        } while (sent > 0);
    }

    /** Sends the lines that begin here. How many bytes that are: fewer than there are when a line has no end yet. */
    private int send(byte[] bytes, boolean isWhole) throws IOException {
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                writer.send(new String(bytes, from, at - from, StandardCharsets.UTF_8));
                from = at + 1;
            }
        }
        boolean isLongLine = from == 0 && bytes.length == LONGEST;
        boolean isLastLine = isWhole && bytes.length < LONGEST;
        if (from < bytes.length && (isLongLine || isLastLine)) {
            int end = isLastLine ? bytes.length : CharacterCut.whole(bytes, bytes.length);
            writer.send(new String(bytes, from, end - from, StandardCharsets.UTF_8));
            from = end;
        }
        return from;
    }

    private byte[] next() {
        if (!logs.exists(uid, JobLogs.Stream.STDOUT)) {
            return new byte[0];
        }
        if (logs.read(uid, JobLogs.Stream.STDOUT, 0, 0).size() < offset) {
            offset = 0; // it was replaced by a shorter one
        }
        return logs.read(uid, JobLogs.Stream.STDOUT, offset, LONGEST).bytes();
    }
}
