package io.synapse.sdk.internal.tail;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.Operation;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.internal.http.HttpTransport;
import io.synapse.sdk.internal.tail.LogEvent.Form;
import io.synapse.sdk.internal.tail.LogEvent.Text;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;

/** A server and a clock that do what a test tells them; no time passes, no socket is opened. */
final class ScriptedWorld implements Surroundings {
    /** What happens on a connection, one after the other. */
    sealed interface Step {
        /** An event comes. */
        record Event(LogEvent event) implements Step {}

        /** Nothing comes for so long; the reader may give up before. */
        record Quiet(Duration time) implements Step {}

        /** The connection breaks. */
        record Break() implements Step {}

        /** Who watches the job is told that it is over. */
        record JobEnds() implements Step {}
    }

    private record Growing(Deque<Step> steps) {}

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
    private Runnable whenOver = () -> {
        throw new AssertionError("nobody watches the job");
    };

    ScriptedWorld(HttpTransport transport) {
        this.transport = transport;
    }

    /** The next connection goes like this. */
    ScriptedWorld connection(Step... steps) {
        connections.add(new ArrayDeque<>(List.of(steps)));
        return this;
    }

    /** The next connection goes like this, and does not end with the job. */
    ScriptedWorld growing(Step... steps) {
        connections.add(new Growing(new ArrayDeque<>(List.of(steps))));
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

    private static Operation<JobStatus> status() {
        return Endpoint.get("jobs/j/", String.class).map(JobStatus::new);
    }

    private LogStream follow(LogFeed feed, TailOptions options) {
        return new FollowedLog(
                new TailReader(feed, options, transport, this, new HashSet<>()),
                options.limits().maxMessageSize());
    }

    static Step text(String text) {
        return new Step.Event(new Text(text, Text.UNKNOWN, Form.EXACT));
    }

    static Step counted(String text, long offset) {
        return new Step.Event(new Text(text, offset, Form.EXACT));
    }

    static Step message(String text) {
        return new Step.Event(new Text(text, Text.UNKNOWN, Form.TEXT_OR_LINE));
    }

    static Step heartbeat() {
        return new Step.Event(new LogEvent.Heartbeat());
    }

    static Step complete() {
        return new Step.Event(new LogEvent.Complete());
    }

    static Step end() {
        return new Step.Event(new LogEvent.End());
    }

    static Step quiet(Duration time) {
        return new Step.Quiet(time);
    }

    static Step jobEnds() {
        return new Step.JobEnds();
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
    public JobStatus ask(Operation<JobStatus> status) {
        Object answer = statuses.size() > 1 ? statuses.remove() : statuses.element();
        journal.add("status " + (answer instanceof ClientException e ? e.statusCode() : answer));
        if (answer instanceof ClientException failure) {
            throw failure;
        }
        return (JobStatus) answer;
    }

    @Override
    public Runnable watch(Operation<JobStatus> status, Runnable told) {
        whenOver = told;
        return () -> journal.add("watch ended");
    }

    @Override
    public void close() {}

    private LogSource source(TailProtocol protocol) {
        return (given, from) -> {
            String target = protocol + (from.offset() > 0 ? " from " + from.offset() : "");
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
        public boolean endsWithJob() {
            return !(script instanceof Growing);
        }

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
            steps.addAll(script instanceof Growing growing ? growing.steps() : (Deque<Step>) script);
            return true;
        }

        @Override
        public LogEvent next(Duration timeout) throws IOException {
            if (aborted) {
                throw new IOException("aborted");
            }
            Step step = steps.remove();
            if (step instanceof Step.JobEnds) {
                whenOver.run();
                return next(timeout);
            } else if (step instanceof Step.Event event) {
                return event.event();
            } else if (step instanceof Step.Quiet quiet) {
                return beQuiet(quiet.time(), timeout);
            }
            throw new IOException("broken");
        }

        private LogEvent beQuiet(Duration time, Duration timeout) throws IOException {
            if (time.compareTo(timeout) < 0) {
                now += time.toNanos();
                return next(timeout);
            }
            waits.add(timeout);
            now += timeout.toNanos();
            steps.addFirst(new Step.Quiet(time.minus(timeout)));
            return new LogEvent.Silence();
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
