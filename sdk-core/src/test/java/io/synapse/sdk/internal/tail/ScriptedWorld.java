package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Operation;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.HttpTransport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server and a clock that do what a test tells them; no time passes, no socket is opened. */
final class ScriptedWorld implements TailContext {
    /** What happens on a connection, one after the other. */
    interface Step {
        /** An event comes. */
        interface Event extends Step {
            void give(LogSink sink) throws IOException;
        }

        /** Nothing comes for so long; the reader may give up before. */
        record Quiet(Duration time) implements Step {}

        /** The connection breaks. */
        record Break() implements Step {}
    }

    private static final Object NOT_BEGUN = new Object();
    private static final LogFeed.Subject JOB = LogFeed.Subject.job("j");

    /** What the world did and was asked for, in order. */
    final List<String> journal = new ArrayList<>();

    /** The timeouts that the reader waited with, one for each silence. */
    final List<Duration> waits = new ArrayList<>();

    private final HttpTransport transport;
    private final Deque<Object> connections = new ArrayDeque<>();
    private final Deque<Object> statuses = new ArrayDeque<>();
    private long now;

    ScriptedWorld(HttpTransport transport) {
        this.transport = transport;
    }

    /** The next connection goes like this. */
    ScriptedWorld connection(Step... steps) {
        connections.add(new ArrayDeque<>(List.of(steps)));
        return this;
    }

    /** The next connection finds that there is no log yet. */
    ScriptedWorld notBegun() {
        connections.add(NOT_BEGUN);
        return this;
    }

    /** The next connection cannot be made. */
    ScriptedWorld refusal(ClientException failure) {
        connections.add(failure);
        return this;
    }

    /** What the next questions for the status find out: a status, or a failure. The last one stays. */
    ScriptedWorld statuses(Object... answers) {
        statuses.addAll(List.of(answers));
        return this;
    }

    LogStream follow(TailOptions options) {
        return follow(
                LogFeed.overEither(JOB, status(), source(TailProtocol.WEBSOCKET), source(TailProtocol.HTTP)), options);
    }

    /** Follows a log whose end only HTTP can tell. */
    LogStream followOverHttp(TailOptions options) {
        return follow(
                LogFeed.overHttp(JOB, status(), source(TailProtocol.WEBSOCKET), source(TailProtocol.HTTP)), options);
    }

    private static Operation<LogFeed.State> status() {
        return Operation.of(new LogFeed.State(JobStatus.RUNNING, null)); // performed by this world
    }

    private LogStream follow(LogFeed feed, TailOptions options) {
        StreamLimits limits = options.limits().orElse(StreamLimits.NONE);
        return new FollowedLog(
                new TailReader(feed, options, limits, transport, this, new HashSet<>()), limits.maxMessageSize());
    }

    private static Step piece(String text, long end, LogSink.Form form) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (Step.Event) sink -> sink.text(bytes, 0, bytes.length, end, form);
    }

    static Step text(String text) {
        return piece(text, LogSink.UNKNOWN, LogSink.Form.EXACT);
    }

    static Step counted(String text, long offset) {
        return piece(text, offset, LogSink.Form.EXACT);
    }

    static Step message(String text) {
        return piece(text, LogSink.UNKNOWN, LogSink.Form.TEXT_OR_LINE);
    }

    static Step heartbeat() {
        return (Step.Event) LogSink::heartbeat;
    }

    static Step complete() {
        return complete(LogSink.UNKNOWN);
    }

    static Step complete(long length) {
        return (Step.Event) sink -> sink.complete(length);
    }

    static Step start(String log, long offset) {
        return (Step.Event) sink -> sink.start(log, offset, false);
    }

    static Step error(String message) {
        return (Step.Event) sink -> sink.error(message);
    }

    static Step lost(String why) {
        return (Step.Event) sink -> sink.lost(why);
    }

    /** Steps that come in one go. */
    static Step together(Step... events) {
        return (Step.Event) sink -> {
            for (Step event : events) {
                ((Step.Event) event).give(sink);
            }
        };
    }

    static Step end() {
        return (Step.Event) LogSink::end;
    }

    static Step quiet(Duration time) {
        return new Step.Quiet(time);
    }

    static Step jobEnds() {
        return (Step.Event) LogSink::jobIsOver;
    }

    static Step cut() {
        return new Step.Break();
    }

    static ClientException unreachable() {
        return new ConnectionException(Failure.of(503, "cannot connect"));
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public double random() {
        return 1;
    }

    @Override
    public void pause(Duration duration) {
        journal.add("pause " + duration.toMillis());
        now += duration.toNanos();
    }

    @Override
    @SuppressWarnings("unchecked") // a reader asks for nothing else
    public <T extends @Nullable Object> T ask(Operation<T> operation) {
        Object answer = statuses.size() > 1 ? statuses.remove() : statuses.element();
        if (answer instanceof LogFeed.State state) {
            journal.add("status " + state.status() + " since " + state.startTime());
            return (T) state;
        }
        journal.add("status " + (answer instanceof ClientException e ? e.statusCode() : answer));
        if (answer instanceof ClientException failure) {
            throw failure;
        }
        return (T) new LogFeed.State((JobStatus) answer, null);
    }

    @Override
    public void close() {}

    private LogSource source(TailProtocol protocol) {
        return (given, context, from) -> {
            String target = protocol
                    + (from.log() == null ? "" : " of " + from.log())
                    + (from.offset() > 0 ? " from " + from.offset() : "")
                    + (from.lastLines() < 0 ? "" : " last " + from.lastLines());
            return new Connection(target, connections.isEmpty() ? unreachable() : connections.remove());
        };
    }

    private final class Connection implements LogConnection {
        private final String target;
        private final Object script;
        private final Deque<Step> steps = new ArrayDeque<>();

        Connection(String target, Object script) {
            this.target = target;
            this.script = script;
        }

        private boolean aborted;

        @Override
        @SuppressWarnings("unchecked")
        public boolean open() {
            if (script == NOT_BEGUN) {
                journal.add("no log");
                return false;
            }
            if (script instanceof ClientException refusal) {
                journal.add("no " + target);
                throw refusal;
            }
            journal.add(target);
            steps.addAll((Deque<Step>) script);
            return true;
        }

        @Override
        public void read(Duration timeout, LogSink sink) throws IOException {
            if (aborted) {
                throw new IOException("aborted");
            }
            Step step = steps.remove();
            if (step instanceof Step.Event event) {
                event.give(sink);
            } else if (step instanceof Step.Quiet quiet) {
                beQuiet(quiet.time(), timeout, sink);
            } else {
                throw new IOException("broken");
            }
        }

        private void beQuiet(Duration time, Duration timeout, LogSink sink) throws IOException {
            if (time.compareTo(timeout) < 0) {
                now += time.toNanos();
                read(timeout, sink);
                return;
            }
            waits.add(timeout);
            now += timeout.toNanos();
            steps.addFirst(new Step.Quiet(time.minus(timeout)));
            throw new SocketTimeoutException("nothing came");
        }

        @Override
        public ClientException explain(IOException failure) {
            return failure instanceof SocketTimeoutException
                    ? new RequestTimeoutException(
                            RequestTimeoutException.Kind.READ, Failure.of(408, failure.getMessage()), failure)
                    : new ConnectionException(Failure.of(503, failure.getMessage()), failure);
        }

        @Override
        public void abort() {
            aborted = true;
        }

        @Override
        public void close() {}
    }
}
