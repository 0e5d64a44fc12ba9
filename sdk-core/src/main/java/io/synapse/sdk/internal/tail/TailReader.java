package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStatistics;
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
 * Reads a log as exact text, each piece once, over as many connections as it takes. Read by one thread, which does all
 * the work; closed by any.
 */
final class TailReader implements AutoCloseable {
    /** What a server that can send larger messages is asked for: fewer, larger ones cost less. */
    private static final int MAX_MESSAGE_BYTES = 256 << 10;

    /** How long to wait for a log that has not begun. */
    private static final Duration UNTIL_BEGUN = Duration.ofSeconds(1);

    private final LogFeed feed;
    private final HttpTransport transport;
    private final Surroundings surroundings;
    private final Set<TailReader> underWay;
    private final TailFailures failures;
    private final TailReport report;
    private final ReconnectRule rule;
    private final TailCounters counters;
    private final LogPosition position;
    private final Allowance allowance;
    private final SilenceLimit silence;
    private final MessageForm form = new MessageForm();
    private final TailProgress progress = new TailProgress();

    private volatile boolean reading;
    private volatile boolean closed;
    private volatile @Nullable LogConnection connection;
    private volatile @Nullable JobStatus finalStatus;
    private @Nullable RuntimeException failure;

    private TailProtocol protocol;
    private long start;
    private volatile Runnable endOfWatch = () -> {};

    /** The connection that was cut because its job is over. */
    private volatile @Nullable LogConnection cutAtJobEnd;

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
            HttpTransport transport,
            Surroundings surroundings,
            Set<TailReader> underWay) {
        this.feed = feed;
        this.transport = transport;
        this.surroundings = surroundings;
        this.underWay = underWay;
        this.failures = new TailFailures(feed.subject());
        this.report = new TailReport(transport.settings().listener(), feed.subject());
        this.rule = new ReconnectRule(feed, options, transport.settings().retryPolicy());
        this.protocol = options.protocol() == TailProtocol.AUTO ? feed.first() : options.protocol();
        this.counters = new TailCounters(protocol);
        this.position = new LogPosition(counters);
        this.allowance = new Allowance(options.limits(), counters);
        this.silence = new SilenceLimit(options.idleTimeout());
    }

    /**
     * Waits for new text and returns it; null when the log is complete.
     *
     * @throws ClientException when it cannot be read on; again on every further call
     */
    @Nullable
    String read() {
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

    private @Nullable String readText() {
        String text = "";
        while (text.isEmpty()) {
            if (failure != null) {
                throw failure;
            }
            if (closed) {
                throw failed(failures.cancelled("its stream was closed"));
            }
            if (finalStatus != null) {
                return null;
            }
            LogConnection open = connection;
            text = open == null ? connect() : receive(open);
        }
        return text;
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
        surroundings.close();
        endOfWatch.run();
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

    private String connect() {
        if (underWay.add(this)) {
            start = surroundings.nanoTime();
        }
        if (transport.isClosed()) {
            throw failed(failures.cancelled("its client was closed"));
        }
        LogSource.Resume from = new LogSource.Resume(position.offset(), MAX_MESSAGE_BYTES, rule.canMoveOn(protocol));
        LogConnection next =
                new JoinedMessages(feed.source(protocol).connection(transport, from), this::messagesAtOnce);
        connection = next;
        if (closed) {
            next.abort();
        }
        try {
            return next.open() ? connected(next, from) : waitForBeginning();
        } catch (ClientException e) {
            return ended(TailFailures.howOpeningFailed(e), e);
        }
    }

    private String connected(LogConnection next, LogSource.Resume from) {
        if (progress.hasEverConnected() && !handedOver) {
            counters.reconnected();
        }
        handedOver = false;
        progress.connected(surroundings.nanoTime());
        counters.protocol(protocol);
        position.connected();
        form.restart();
        silence.connected();
        report.connected(protocol, from.offset());
        if (!next.endsWithJob()) {
            endOfWatch = surroundings.watch(feed.status(), () -> cutAtJobEnd(next));
        }
        return "";
    }

    /** What is repeated counts as no message, so it must not come together with what is new. */
    private int messagesAtOnce() {
        return position.isCaughtUp() ? allowance.messagesAtOnce(protocol) : 1;
    }

    private String waitForBeginning() {
        hangUp();
        progress.notBegun(surroundings.nanoTime());
        pause(UNTIL_BEGUN);
        return "";
    }

    /** Called from another thread. */
    private void cutAtJobEnd(LogConnection finished) {
        cutAtJobEnd = finished;
        finished.abort();
    }

    /** The next connection brings the rest. */
    private String handOver() {
        hangUp();
        handedOver = true;
        progress.jobIsOver();
        return "";
    }

    private String receive(LogConnection open) {
        try {
            Duration patience = form.isHolding() ? form.patience(surroundings.nanoTime()) : silence.current();
            return take(open, open.next(patience));
        } catch (IOException e) {
            return open == cutAtJobEnd && !closed ? handOver() : failedToReceive(open, e);
        }
    }

    private String failedToReceive(LogConnection open, IOException failure) {
        if (failure instanceof SocketTimeoutException timeout) {
            return silent(timeout);
        }
        if (failure instanceof ChangedLogException) {
            throw failed(failures.changed(counters.snapshot()));
        }
        How how = failure instanceof MessageTooLargeException ? How.UNREADABLE : How.BROKEN;
        return ended(how, open.explain(failure));
    }

    private String take(LogConnection open, LogEvent event) throws IOException {
        if (event instanceof LogEvent.Text text) {
            String exact = form.accept(text.text(), text.form(), surroundings.nanoTime());
            return give(exact, text.offset(), text.messages());
        } else if (event instanceof LogEvent.Repeated repeated) {
            counters.textRepeated(repeated.bytes());
            return "";
        } else if (event instanceof LogEvent.Heartbeat) {
            silence.heartbeat();
            return "";
        } else if (event instanceof LogEvent.Silence) {
            return form.isHolding()
                    ? give(form.release(), LogEvent.Text.UNKNOWN, 1)
                    : silent(new SocketTimeoutException("nothing came"));
        } else if (event instanceof LogEvent.Complete) {
            return ended(How.COMPLETE, TailFailures.unfinished(open));
        } else if (event instanceof LogEvent.Lost lost) {
            throw failed(failures.lost(lost.why(), counters.snapshot()));
        } else if (event instanceof LogEvent.Error error) {
            return ended(How.GIVEN_UP, failures.givenUp(error.message()));
        }
        return ended(How.CLOSED, TailFailures.unfinished(open));
    }

    private String give(String exact, long offset, int messages) throws IOException {
        if (exact.isEmpty()) {
            return "";
        }
        String fresh = position.advance(exact, offset);
        if (fresh.isEmpty()) {
            return "";
        }
        progress.newText();
        silence.newText();
        String admitted = allowance.admit(fresh, messages, protocol);
        if (allowance.isExceeded()) {
            hangUp();
            fail(allowance.failure(feed.subject()));
        }
        return admitted;
    }

    /** What is held back goes out first: then the silence was only ours, but the connection may be spent. */
    private String silent(SocketTimeoutException timeout) {
        if (form.isHolding()) {
            hangUp();
            return released();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw failed(failures.cancelled("its thread was interrupted"));
        }
        ClientException why = failures.silent(silence.current(), timeout);
        silence.reached();
        return ended(How.SILENT, why);
    }

    private String released() {
        try {
            return give(form.release(), LogEvent.Text.UNKNOWN, 1);
        } catch (IOException e) { // text without an offset can leave no gap: it must be another log's
            throw failed(failures.changed(counters.snapshot()));
        }
    }

    /** A connection, or the attempt to make one, is over: what now? */
    private String ended(How how, ClientException why) {
        hangUp();
        if (closed) {
            throw failed(failures.cancelled("its stream was closed"));
        }
        if (why instanceof CallCancelledException) {
            throw failed(why);
        }
        Ending ending = investigate(how, why);
        History before = progress.after(ending, protocol, surroundings.nanoTime());
        Verdict verdict = rule.decide(ending, before, surroundings.random());
        if (verdict instanceof Verdict.Finish finish) {
            String rest = released();
            if (failure == null) {
                finalStatus = finish.status();
                over(null);
            }
            return rest;
        } else if (verdict instanceof Verdict.Fail fail) {
            String rest = released();
            fail(fail.failure());
            return rest;
        }
        reconnect((Verdict.Reconnect) verdict, ending);
        return "";
    }

    /** Asks where the job stands, if that can make a difference. */
    private Ending investigate(How how, ClientException why) {
        boolean caughtUp = position.isCaughtUp();
        Ending ending = progress.ending(how, caughtUp, null, why);
        if (ending.isBeforeConnection() || how == How.GIVEN_UP || how == How.UNREADABLE) {
            return ending;
        }
        if (how == How.COMPLETE || position.isCountedByServer()) {
            progress.serverSaysWhenComplete();
        }
        try {
            return progress.ending(how, caughtUp, surroundings.ask(feed.status()), why);
        } catch (CallCancelledException e) {
            throw failed(closed ? failures.cancelled("its stream was closed") : e);
        } catch (ClientException e) {
            int status = e.statusCode();
            boolean denied = status >= 400 && status < 500 && status != 408 && status != 429;
            return progress.ending(denied ? How.GIVEN_UP : how, caughtUp, null, e);
        }
    }

    private void reconnect(Verdict.Reconnect next, Ending ending) {
        if (progress.hasEverConnected()) {
            String reason = ending.failure().getMessage();
            report.reconnecting(reason == null ? ending.how().name() : reason, next.after());
        }
        protocol = next.protocol();
        pause(next.after());
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            surroundings.pause(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(failures.cancelled("its thread was interrupted"));
        }
    }

    private void hangUp() {
        LogConnection open = connection;
        connection = null;
        endOfWatch.run();
        endOfWatch = () -> {};
        if (open != null) {
            open.close();
        }
    }

    private RuntimeException failed(RuntimeException why) {
        hangUp();
        fail(why);
        return why;
    }

    /** The first failure stays; it is thrown once everything that came before it was given out. */
    private void fail(RuntimeException why) {
        if (failure == null) {
            failure = why;
            over(closed ? null : why);
        }
    }

    private void over(@Nullable RuntimeException why) {
        if (underWay.remove(this)) {
            report.ended(counters.snapshot(), Duration.ofNanos(surroundings.nanoTime() - start), why);
        }
    }
}
