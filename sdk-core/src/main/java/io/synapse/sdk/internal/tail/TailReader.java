package io.synapse.sdk.internal.tail;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.call.Failures;
import io.synapse.sdk.internal.net.HttpTransport;
import io.synapse.sdk.internal.net.MessageTooLargeException;
import io.synapse.sdk.internal.tail.Ending.How;
import io.synapse.sdk.internal.tail.ReconnectRule.History;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
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

    /** A connection that stayed up for so long is a step forward even if nothing came through it. */
    private static final long STEADY_NANOS = Duration.ofSeconds(5).toNanos();

    private final LogFeed feed;
    private final HttpTransport transport;
    private final Surroundings surroundings;
    private final Set<TailReader> underWay;
    private final TailReport report;
    private final ReconnectRule rule;
    private final TailCounters counters;
    private final LogPosition position;
    private final Allowance allowance;
    private final SilenceLimit silence;
    private final MessageForm form = new MessageForm();

    private volatile boolean reading;
    private volatile boolean closed;
    private volatile @Nullable LogConnection connection;
    private volatile @Nullable JobStatus finalStatus;
    private @Nullable RuntimeException failure;

    private TailProtocol protocol;
    private boolean everConnected;
    private boolean saysOffsets;
    private boolean saysWhenComplete;
    private boolean jobIsOver;
    private int fruitless;
    private long start;
    private long lastStepForward;

    private long connectedAt;
    private boolean openedAfterJob;
    private boolean broughtText;

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
        this.report = new TailReport(transport.settings().listener(), feed.job());
        this.rule = new ReconnectRule(feed.job(), options, transport.settings().retryPolicy());
        this.protocol = options.protocol() == TailProtocol.AUTO ? TailProtocol.WEBSOCKET : options.protocol();
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
                throw failed(cancelled("its stream was closed"));
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
            throw failed(cancelled("its client was closed"));
        }
        LogSource source = protocol == TailProtocol.HTTP ? feed.http() : feed.webSocket();
        long offset = saysOffsets ? position.offset() : 0;
        LogConnection next = source.connection(transport, new LogSource.Resume(offset, MAX_MESSAGE_BYTES));
        connection = next;
        if (closed) {
            next.abort();
        }
        try {
            next.open();
        } catch (ClientException e) {
            return ended(howOpeningFailed(e), e);
        }
        if (everConnected) {
            counters.reconnected();
        }
        connectedAt = surroundings.nanoTime();
        lastStepForward = everConnected ? lastStepForward : connectedAt;
        everConnected = true;
        counters.protocol(protocol);
        openedAfterJob = jobIsOver;
        broughtText = false;
        position.connected();
        form.restart();
        silence.connected();
        report.connected(protocol, offset);
        return "";
    }

    private String receive(LogConnection open) {
        try {
            Duration patience = form.isHolding() ? form.patience(surroundings.nanoTime()) : silence.current();
            return take(open, open.next(patience));
        } catch (SocketTimeoutException e) {
            return silent(e);
        } catch (MessageTooLargeException e) {
            return ended(How.UNREADABLE, open.explain(e));
        } catch (IOException e) {
            return ended(How.BROKEN, open.explain(e));
        }
    }

    private String take(LogConnection open, LogEvent event) throws IOException {
        if (event instanceof LogEvent.Text text) {
            return give(form.accept(text.text(), text.form(), surroundings.nanoTime()), text.offset());
        } else if (event instanceof LogEvent.Heartbeat) {
            silence.heartbeat();
            return "";
        } else if (event instanceof LogEvent.Silence) {
            return form.isHolding()
                    ? give(form.release(), LogEvent.Text.UNKNOWN)
                    : silent(new SocketTimeoutException("nothing came"));
        } else if (event instanceof LogEvent.Complete) {
            return ended(How.COMPLETE, unfinished(open));
        } else if (event instanceof LogEvent.Error error) {
            return ended(How.GIVEN_UP, refusal(error.message()));
        }
        return ended(How.CLOSED, unfinished(open));
    }

    private String give(String exact, long offset) throws IOException {
        if (exact.isEmpty()) {
            return "";
        }
        String fresh = position.advance(exact, offset);
        saysOffsets |= offset != LogEvent.Text.UNKNOWN;
        if (fresh.isEmpty()) {
            return "";
        }
        broughtText = true;
        silence.newText();
        String admitted = allowance.admit(fresh, protocol);
        if (allowance.isExceeded()) {
            hangUp();
            fail(allowance.failure(feed.job()));
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
            throw failed(cancelled("its thread was interrupted"));
        }
        String message = "the log of job " + feed.job() + " was silent for "
                + silence.current().toSeconds() + " s";
        silence.reached();
        return ended(
                How.SILENT,
                new RequestTimeoutException(
                        RequestTimeoutException.Kind.READ,
                        Failure.of(408, message).mayHaveBeenExecuted(true),
                        timeout));
    }

    private String released() {
        try {
            return give(form.release(), LogEvent.Text.UNKNOWN);
        } catch (IOException e) {
            throw new IllegalStateException("text without an offset cannot leave a gap", e);
        }
    }

    /** A connection, or the attempt to make one, is over: what now? */
    private String ended(How how, ClientException why) {
        hangUp();
        if (closed) {
            throw failed(cancelled("its stream was closed"));
        }
        if (why instanceof CallCancelledException) {
            throw failed(why);
        }
        Ending ending = investigate(how, why);
        Verdict verdict = rule.decide(ending, history(ending), surroundings.random());
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
        boolean drained = openedAfterJob && !broughtText && position.isCaughtUp();
        Ending ending = new Ending(how, broughtText, drained, null, why);
        if (ending.isBeforeConnection() || how == How.GIVEN_UP || how == How.UNREADABLE) {
            return ending;
        }
        saysWhenComplete |= how == How.COMPLETE || position.isCountedByServer();
        try {
            JobStatus status = surroundings.ask(feed.status());
            return new Ending(how, broughtText, drained, status, why);
        } catch (CallCancelledException e) {
            throw failed(closed ? cancelled("its stream was closed") : e);
        } catch (ClientException e) {
            int status = e.statusCode();
            boolean denied = status >= 400 && status < 500 && status != 408 && status != 429;
            return new Ending(denied ? How.GIVEN_UP : how, broughtText, drained, null, e);
        }
    }

    private History history(Ending ending) {
        long now = surroundings.nanoTime();
        boolean connectedBefore = !ending.isBeforeConnection();
        boolean steady = connectedBefore && now - connectedAt >= STEADY_NANOS;
        fruitless = connectedBefore && (broughtText || steady) ? 0 : fruitless + 1;
        boolean news = ending.isAfterJob() && !jobIsOver;
        jobIsOver |= ending.isAfterJob();
        if (fruitless == 0 || news || ending.how() == How.COMPLETE) {
            lastStepForward = now;
        }
        return new History(
                protocol, everConnected, fruitless, Duration.ofNanos(now - lastStepForward), saysWhenComplete);
    }

    private void reconnect(Verdict.Reconnect next, Ending ending) {
        if (everConnected) {
            String reason = ending.failure().getMessage();
            report.reconnecting(reason == null ? ending.how().name() : reason, next.after());
        }
        protocol = next.protocol();
        if (next.after().isZero()) {
            return;
        }
        try {
            surroundings.pause(next.after());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(cancelled("its thread was interrupted"));
        }
    }

    private void hangUp() {
        LogConnection open = connection;
        connection = null;
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

    private ClientException cancelled(String why) {
        return Failures.ofCancellation("the log of job " + feed.job(), why, false, null)
                .exception(0);
    }

    private ClientException refusal(String message) {
        String text = Failures.oneLine(message.isEmpty() ? "no reason given" : message);
        return new ServerException(new Failure(
                500, "the server ended the log of job " + feed.job() + ": " + text, message, Map.of(), null, 1, false));
    }

    private static ClientException unfinished(LogConnection open) {
        return open.explain(new EOFException("the server closed the log although the job is not over"));
    }

    private static How howOpeningFailed(ClientException failure) {
        boolean reached = failure.mayHaveBeenExecuted();
        if (failure instanceof ConnectionException || failure instanceof RequestTimeoutException) {
            return reached ? How.DROPPED : How.UNREACHABLE;
        }
        return How.REFUSED;
    }
}
