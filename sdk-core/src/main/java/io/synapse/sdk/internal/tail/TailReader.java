package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogPosition;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.http.MessageTooLargeException;
import io.synapse.sdk.internal.tail.Ending.How;
import io.synapse.sdk.internal.tail.ReconnectRule.History;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log as exact text, each byte once, over as many connections as it takes. Read by one thread, which does all
 * the work; closed by any.
 */
final class TailReader implements AutoCloseable {
    /** What a server that can send larger messages is asked for: fewer, larger ones cost less. */
    private static final int MAX_MESSAGE_BYTES = 256 << 10;

    /** How long to wait for a log that has not begun. */
    private static final Duration UNTIL_BEGUN = Duration.ofSeconds(1);

    /** So many connections in a row that end in the middle of a repetition are no accident. */
    private static final int MAX_SHORT_REPETITIONS = 2;

    private final LogFeed feed;
    private final HttpTransport transport;
    private final TailContext context;
    private final Set<TailReader> underWay;
    private final TailFailures failures;
    private final TailReport report;
    private final ReconnectRule rule;
    private final Duration idleTimeout;
    private final TailCounters counters;
    private final JobStartTime jobStart;
    private final ReceivedText received;
    private final SilenceLimit silence;
    private final TailProgress progress = new TailProgress();
    private final Sink sink = new Sink();

    private volatile boolean reading;
    private volatile boolean closed;
    private volatile @Nullable LogConnection connection;
    private volatile @Nullable JobStatus finalStatus;
    private @Nullable RuntimeException failure;

    /** What to do next, once what was read was taken. */
    private @Nullable Runnable next;

    private TailProtocol protocol;
    private long start;
    private long lastNews;
    private int shortRepetitions;

    /** Whether the connection before was good to its end, so that the next one is no sign of a fault. */
    private boolean handedOver;

    /**
     * A reader that has not begun.
     *
     * @param underWay where it notes itself while it may have a connection; a set for use by several threads
     */
    TailReader(
            LogFeed feed,
            TailOptions options,
            StreamLimits limits,
            HttpTransport transport,
            TailContext context,
            Set<TailReader> underWay) {
        this.feed = feed;
        this.transport = transport;
        this.context = context;
        this.underWay = underWay;
        this.failures = new TailFailures(feed.subject());
        this.report = new TailReport(transport.settings().calls().listener(), feed.subject());
        this.rule =
                new ReconnectRule(feed, options, transport.settings().calls().retryPolicy());
        this.protocol = options.protocol() == TailProtocol.AUTO ? feed.first() : options.protocol();
        this.idleTimeout = options.idleTimeout();
        this.counters = new TailCounters(protocol);
        this.jobStart = new JobStartTime(feed, context);
        this.received = new ReceivedText(feed, options, limits, protocol, context, counters, jobStart);
        this.silence = new SilenceLimit(idleTimeout);
    }

    /**
     * Waits for new text and adds it to {@link #text()}; false when the log is complete.
     *
     * @throws ClientException when it cannot be read on; again on every further call
     */
    boolean read() {
        reading = true;
        try {
            return readText();
        } finally {
            reading = false;
            if (closed) {
                hangUp(); // a close that came meanwhile could only cut the connection
            }
        }
    }

    private boolean readText() {
        TextBuffer text = text();
        int before = text.length();
        while (text.length() == before || received.isSkipping()) {
            if (failure != null) {
                throw failure;
            }
            if (closed) {
                throw failed(failures.cancelled("its stream was closed"));
            }
            if (received.isLimitExceeded()) {
                throw failed(received.limitFailure(feed.subject()));
            }
            if (finalStatus != null) {
                return false;
            }
            Runnable due = next;
            LogConnection open = connection;
            if (due != null) {
                next = null;
                due.run();
            } else if (open == null) {
                connect();
            } else {
                receive(open);
            }
        }
        return true;
    }

    /** What was read; who takes some of it removes it from there. */
    TextBuffer text() {
        return received.buffer();
    }

    /** The place before what {@link #text} has. */
    LogPosition position() {
        return received.position();
    }

    TailCounters counters() {
        return counters;
    }

    /** The job's status, once the log is complete. */
    Optional<JobStatus> finalStatus() {
        return Optional.ofNullable(finalStatus);
    }

    boolean isClosed() {
        return closed;
    }

    LogStatistics statistics() {
        return counters.snapshot();
    }

    @Override
    public void close() {
        boolean first = !closed;
        closed = true;
        context.close();
        LogConnection open = connection;
        if (open != null && reading) {
            open.abort();
        } else if (open != null) {
            open.close();
        }
        if (first) {
            over(null);
        }
    }

    private void connect() {
        if (underWay.add(this)) {
            start = context.nanoTime();
            report.started();
        }
        if (transport.isClosed()) {
            throw failed(failures.cancelled("its client was closed"));
        }
        LogSource.Resume from = received.resume(MAX_MESSAGE_BYTES, rule.canMoveOn(protocol));
        LogConnection opening = feed.source(protocol).connection(transport, context, from);
        connection = opening;
        if (closed) {
            opening.abort();
        }
        try {
            if (opening.open()) {
                connected(from);
            } else {
                waitForBeginning();
            }
        } catch (ClientException e) {
            if (isAnotherLog(e, from)) {
                throw lost(String.valueOf(e.getMessage()));
            }
            ended(TailFailures.howOpeningFailed(e), e);
        }
    }

    /** An agent's answers to the question for a log that is gone, or longer than it is now (wire/agent.md, section 5). */
    private static boolean isAnotherLog(ClientException refusal, LogSource.Resume from) {
        return refusal.statusCode() == 409 && from.log() != null || refusal.statusCode() == 416 && from.offset() > 0;
    }

    private void connected(LogSource.Resume from) {
        if (progress.hasEverConnected() && !handedOver) {
            counters.reconnected();
        }
        handedOver = false;
        sink.hasEnded = false;
        lastNews = context.nanoTime();
        progress.connected(lastNews);
        counters.protocol(protocol);
        received.connected(protocol);
        silence.connected();
        report.connected(protocol, from.offset());
    }

    private void waitForBeginning() {
        hangUp();
        progress.notBegun(context.nanoTime());
        pause(UNTIL_BEGUN);
    }

    private void receive(LogConnection open) {
        int before = text().length();
        Duration patience = received.patience();
        try {
            open.read(patience == null ? silence.current() : patience, sink);
        } catch (SocketTimeoutException e) {
            sink.endWith(() -> {
                sink.hasEnded = false;
                silent(e);
            });
        } catch (IOException e) {
            sink.endWith(() -> failedToReceive(open, e));
        } catch (ClientException e) { // of something that the connection had to ask
            sink.endWith(() -> ended(How.BROKEN, e));
        }
        settle(before);
    }

    private void settle(int before) {
        if (received.settle(before)) {
            lastNews = context.nanoTime();
            progress.newText();
            silence.newText();
        }
    }

    private void failedToReceive(LogConnection open, IOException why) {
        if (why instanceof LogLostSignal lost) {
            throw lost(String.valueOf(lost.getMessage()));
        }
        ended(why instanceof MessageTooLargeException ? How.UNREADABLE : How.BROKEN, open.explain(why));
    }

    /** What waits for more goes out first: then the silence was only ours. */
    private void silent(SocketTimeoutException timeout) {
        if (Thread.currentThread().isInterrupted()) {
            throw failed(failures.cancelled("its thread was interrupted"));
        } else if (received.isHolding()) {
            release();
        } else if (received.isSkipping()) {
            received.stopSkipping();
        } else {
            ClientException why = failures.silent(silence.current(), timeout);
            silence.reached();
            ended(How.SILENT, why);
        }
    }

    /** Gives out the messages that wait for a sign of what they are. */
    private void release() {
        int before = text().length();
        try {
            received.release();
        } catch (IOException e) { // text without an offset can leave no gap
            throw lost(String.valueOf(e.getMessage()));
        }
        settle(before);
    }

    /** Nothing but heartbeats for a while: the log may be that of a job that is over. */
    private void checkJob() {
        lastNews = context.nanoTime();
        try {
            if (!context.ask(feed.state()).status().isTerminal()) {
                return;
            }
        } catch (CallCancelledException e) {
            throw failed(e);
        } catch (ClientException e) {
            if (!isDenied(e)) {
                return;
            }
        }
        ended(How.SILENT, failures.onlyHeartbeats(idleTimeout));
    }

    /** The next connection brings the rest. */
    private void handOver() {
        hangUp();
        handedOver = true;
        progress.jobIsOver();
    }

    /** A connection, or the attempt to make one, is over: what now? */
    private void ended(How how, ClientException why) {
        hangUp();
        if (closed) {
            throw failed(failures.cancelled("its stream was closed"));
        }
        if (why instanceof CallCancelledException) {
            throw failed(why);
        }
        Ending ending = investigate(how, why);
        requireWholeRepetition(ending);
        History before = progress.after(ending, protocol, context.nanoTime());
        Verdict verdict = rule.decide(ending, before, context.random());
        if (verdict instanceof Verdict.Reconnect again) {
            reconnect(again, ending);
            return;
        }
        release();
        received.stopSkipping();
        if (failure != null || received.isLimitExceeded()) {
            return;
        }
        if (verdict instanceof Verdict.Fail fail) {
            fail(fail.failure());
        } else if (verdict instanceof Verdict.Finish finish) {
            finalStatus = finish.status();
            over(null);
        }
    }

    /** A log that ends before all that was delivered of it was repeated is another one. */
    private void requireWholeRepetition(Ending ending) {
        boolean isShort = progress.hasEverConnected()
                && !ending.isBeforeConnection()
                && ending.isAfterJob()
                && !received.verifier().isCaughtUp();
        if (isShort && ending.how() == How.CLOSED && progress.wasOpenedAfterJob()) {
            shortRepetitions++;
        } else {
            shortRepetitions = 0;
        }
        if (isShort && (ending.how() == How.COMPLETE || shortRepetitions == MAX_SHORT_REPETITIONS)) {
            throw lost("it is shorter now than what was delivered of it");
        }
    }

    /** Asks where the job stands, if that can make a difference. */
    private Ending investigate(How how, ClientException why) {
        boolean caughtUp = received.verifier().isCaughtUp();
        Ending ending = progress.ending(how, caughtUp, null, why);
        if (ending.isBeforeConnection() || how == How.GIVEN_UP || how == How.UNREADABLE) {
            return ending;
        }
        if (how == How.COMPLETE || received.verifier().isCounting()) {
            progress.serverSaysWhenComplete();
        }
        try {
            LogFeed.State state = context.ask(feed.state());
            jobStart.requireSame(state);
            return progress.ending(how, caughtUp, state.status(), why);
        } catch (LogLostSignal e) {
            throw lost(String.valueOf(e.getMessage()));
        } catch (CallCancelledException e) {
            throw failed(closed ? failures.cancelled("its stream was closed") : e);
        } catch (ClientException e) {
            return progress.ending(isDenied(e) ? How.GIVEN_UP : how, caughtUp, null, e);
        }
    }

    private static boolean isDenied(ClientException failure) {
        int status = failure.statusCode();
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }

    private void reconnect(Verdict.Reconnect again, Ending ending) {
        if (progress.hasEverConnected()) {
            String reason = ending.failure().getMessage();
            report.reconnecting(reason == null ? ending.how().name() : reason, again.after());
        }
        protocol = again.protocol();
        pause(again.after());
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            context.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(failures.cancelled("its thread was interrupted"));
        }
    }

    private void hangUp() {
        LogConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }

    private RuntimeException lost(String why) {
        return failed(failures.lost(why, counters.snapshot()));
    }

    private RuntimeException failed(RuntimeException why) {
        hangUp();
        fail(why);
        return why;
    }

    /** The first failure stays; it is thrown once everything that came before it was given out. */
    private void fail(RuntimeException why) {
        received.stopSkipping();
        if (failure == null) {
            failure = why;
            over(closed ? null : why);
        }
    }

    private void over(@Nullable RuntimeException why) {
        if (underWay.remove(this)) {
            report.ended(counters.snapshot(), Duration.ofNanos(context.nanoTime() - start), why);
        }
    }

    /** Takes what comes through the connection. What ends it is done once the text before was taken. */
    private final class Sink implements LogSink {
        /** Whether what ends the connection has come; then nothing counts that comes after it. */
        private boolean hasEnded;

        @Override
        public void start(@Nullable String log, long offset, boolean atLastLines) throws IOException {
            received.start(log, offset, atLastLines);
        }

        @Override
        public void text(byte[] bytes, int from, int length, long end, Form given) throws IOException {
            if (!hasEnded) {
                received.add(bytes, from, length, end, given);
            }
        }

        @Override
        public void heartbeat() {
            silence.heartbeat();
            if (next == null && context.nanoTime() - lastNews >= idleTimeout.toNanos()) {
                next = TailReader.this::checkJob;
            }
        }

        @Override
        public void complete(long length) {
            endWith(() -> {
                try {
                    received.verifier().checkLength(length);
                } catch (IOException e) {
                    LogConnection open = connection;
                    if (open != null) {
                        failedToReceive(open, e);
                    }
                    return;
                }
                endOf(How.COMPLETE);
            });
        }

        @Override
        public void end() {
            endWith(() -> endOf(How.CLOSED));
        }

        @Override
        public void jobIsOver() {
            endWith(TailReader.this::handOver);
        }

        @Override
        public void error(String message) {
            endWith(() -> ended(How.GIVEN_UP, failures.givenUp(message)));
        }

        @Override
        public void lost(String why) {
            endWith(() -> {
                LogLostException lost = (LogLostException) failures.lost(why, counters.snapshot());
                ended(How.GIVEN_UP, lost);
            });
        }

        private void endWith(Runnable ending) {
            if (!hasEnded) {
                hasEnded = true;
                next = ending;
            }
        }

        private void endOf(How how) {
            LogConnection open = connection;
            if (open != null) {
                ended(how, TailFailures.unfinished(open));
            }
        }
    }
}
