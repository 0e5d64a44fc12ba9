package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.operation.CompositeOperation.Chained;
import io.synapse.sdk.internal.operation.CompositeOperation.Constant;
import io.synapse.sdk.internal.operation.CompositeOperation.Direct;
import io.synapse.sdk.internal.operation.CompositeOperation.Finally;
import io.synapse.sdk.internal.operation.CompositeOperation.ForDialect;
import io.synapse.sdk.internal.operation.CompositeOperation.Mapped;
import io.synapse.sdk.internal.operation.CompositeOperation.Named;
import io.synapse.sdk.internal.operation.CompositeOperation.Polled;
import io.synapse.sdk.internal.operation.CompositeOperation.Recovered;
import io.synapse.sdk.internal.operation.CompositeOperation.Verified;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One operation under way: what is left to do, until when, and whether it was cancelled. It works in steps between which
 * only time has to pass, so that {@link #await} can sleep where an {@link AsyncExecution} gives its thread back. What is
 * left to do is a stack of {@link Frame}s, not of Java's: however long a chain of operations is, it does not deepen.
 *
 * <p>Run by one thread at a time; cancelled by any.
 */
public final class Execution<T extends @Nullable Object> {
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final OperationEngine engine;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private volatile @Nullable String cancelReason;
    private volatile @Nullable Exchange<?> exchange;

    private Deadline deadline = Deadline.NONE;
    private @Nullable Server onlyServer;
    private @Nullable String name;

    /** When it began to wait for a thread, until the next call begins; {@link #NOT_WAITING} otherwise. */
    private volatile long waitingSince = NOT_WAITING;

    /** What wakes it up where no thread sleeps. */
    private volatile Runnable onCancel = () -> {};

    /** What ends the present pause early where no thread sleeps. */
    private volatile Runnable onWake = () -> {};

    /** Open when the present pause is to end early. */
    private volatile CountDownLatch awake = new CountDownLatch(1);

    /** The next step: an operation to begin, a pause, or else an outcome for the topmost frame. */
    private @Nullable Operation<?> operation;

    private @Nullable Duration pause;
    private @Nullable Object result;
    private @Nullable Throwable failure;

    Execution(OperationEngine engine, Operation<T> operation) {
        this.engine = engine;
        this.operation = operation;
    }

    /** Performs it on the calling thread; throws what it fails with. */
    public T await() {
        engine.begin(this);
        try {
            for (Duration next = advance(true); next != null; next = advance(true)) {
                sleep(next);
            }
        } finally {
            engine.end(this);
        }
        return result();
    }

    /**
     * Ends it from any thread: closes the connection, ends a pause. It fails with a
     * {@link io.synapse.sdk.CallCancelledException}, unless it is over already.
     *
     * @param why the end of a sentence: "the client was closed"
     */
    public void cancel(String why) {
        if (cancelReason == null) {
            cancelReason = why;
        }
        awake.countDown();
        Exchange<?> open = exchange;
        if (open != null) {
            open.abort(why);
        }
        onCancel.run();
    }

    /**
     * Goes on until it is over, or until time has to pass.
     *
     * @param callsAllowed whether calls may be made on this thread; if not, it goes on to the first one
     * @return the time that has to pass, zero before a call that is not allowed; null when it is over
     */
    @Nullable
    Duration advance(boolean callsAllowed) {
        boolean resumes = pause != null;
        pause = null;
        while (pause == null && (resumes || operation != null || !frames.isEmpty())) {
            try {
                if (resumes) {
                    resumes = false;
                    pop().onPauseEnd(this);
                } else if (operation != null) {
                    Operation<?> next = operation;
                    if (!callsAllowed && isCall(next)) {
                        return Duration.ZERO;
                    }
                    operation = null;
                    begin(next);
                } else {
                    deliver(pop());
                }
            } catch (RuntimeException | Error e) {
                operation = null;
                pause = null;
                result = null;
                failure = e;
            }
        }
        return pause;
    }

    /** Goes on without a call: one that is about to be made, or that comes next, fails like this. */
    @Nullable
    Duration expire(ClientException why) {
        failNextCall(why);
        Duration next = advance(false);
        if (failNextCall(why)) {
            next = advance(false);
        }
        return next;
    }

    private boolean failNextCall(ClientException why) {
        boolean isCall = isCall(operation);
        if (isCall) {
            operation = null;
            failure = why;
        }
        return isCall;
    }

    private static boolean isCall(@Nullable Operation<?> operation) {
        return operation instanceof Endpoint || operation instanceof Verified || operation instanceof Direct;
    }

    /** The result, once it is over; throws what it failed with. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the operations' own types guarantee what the last one gives
    T result() {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return (T) result;
    }

    /** Why it was cancelled; null when it was not. */
    @Nullable
    String cancelReason() {
        return cancelReason;
    }

    void onCancel(Runnable action) {
        onCancel = action;
    }

    void onWake(Runnable action) {
        onWake = action;
    }

    /** Ends a pause early, from any thread: what it waited for is there. */
    void wake() {
        awake.countDown();
        onWake.run();
    }

    /** Whether the present pause is to end early. */
    boolean isAwake() {
        return awake.getCount() == 0;
    }

    /** It waits for a thread from now on; returns until when: the wait is part of the time that the next call may take. */
    Deadline waitForThread() {
        waitingSince = engine.clock().nanoTime();
        if (pause != null) {
            return deadline;
        }
        Optional<Duration> own = operation instanceof Verified<?> verified
                ? verified.endpoint().callTimeout()
                : operation instanceof Endpoint<?> endpoint
                        ? endpoint.callTimeout()
                        : operation instanceof Direct<?> direct ? direct.call().callTimeout() : Optional.empty();
        Duration limit = engine.policy().callTimeout(own);
        return deadline.min(Deadline.of(engine.clock()::nanoTime, waitingSince, limit));
    }

    /** When the call that begins now was to begin: the wait for a thread counts. */
    long callStart() {
        long since = waitingSince;
        waitingSince = NOT_WAITING;
        return since == NOT_WAITING ? engine.clock().nanoTime() : since;
    }

    OperationEngine engine() {
        return engine;
    }

    Deadline deadline() {
        return deadline;
    }

    /** What listeners are to call the operation; null when it has no name. */
    @Nullable
    String name() {
        return name;
    }

    /** The one server that calls may be sent to; null for any. */
    @Nullable
    Server onlyServer() {
        return onlyServer;
    }

    /** Has calls from now on sent to this server only; to any for null. */
    void askOnly(@Nullable Server server) {
        onlyServer = server;
    }

    /** Whether the result of the call that is under way, converted at the most, is what the caller gets. */
    boolean isAnswerOfCaller() {
        return frames.stream().allMatch(Frame::isConversion);
    }

    /** Ends the frame with a result. */
    void succeed(@Nullable Object with) {
        result = with;
    }

    /** Ends the frame with a failure. */
    void fail(Throwable with) {
        failure = with;
    }

    /** Performs an operation, whose outcome goes to the frame. */
    void perform(Operation<?> next, Frame frame, Deadline until) {
        frames.push(frame);
        deadline = until;
        operation = next;
    }

    /** Lets time pass, then goes on with the frame. */
    void pause(Duration duration, Frame frame, Deadline until) {
        frames.push(frame);
        deadline = until;
        pause = duration;
        awake = new CountDownLatch(1);
    }

    /** Runs an attempt on this thread. */
    <R extends @Nullable Object> Outcome<R> send(Exchange<R> attempt) {
        exchange = attempt;
        String why = cancelReason;
        if (why != null) {
            attempt.abort(why);
        }
        try {
            return attempt.run();
        } finally {
            exchange = null;
        }
    }

    private void sleep(Duration duration) {
        CountDownLatch end = awake;
        if (cancelReason != null) {
            return; // before there was this latch
        }
        try {
            engine.clock().sleep(duration, end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel(Failures.INTERRUPTED);
        }
    }

    private Frame pop() {
        Frame top = frames.pop();
        deadline = top.outerDeadline;
        return top;
    }

    private void deliver(Frame frame) {
        Throwable failed = failure;
        Object succeeded = result;
        failure = null;
        result = null;
        if (failed != null) {
            frame.onFailure(failed, this);
        } else {
            frame.onResult(succeeded, this);
        }
    }

    private void begin(Operation<?> next) {
        if (next instanceof Endpoint<?> endpoint) {
            new CallFrame<>(this, engine.call(endpoint), null).begin(this);
        } else if (next instanceof Verified<?> verified) {
            new CallFrame<>(this, engine.call(verified.endpoint()), verified).begin(this);
        } else if (next instanceof Direct<?> direct) {
            new CallFrame<>(this, direct.call(), null).begin(this);
        } else if (next instanceof Constant<?> constant) {
            succeed(constant.result());
        } else if (next instanceof ForDialect<?, ?> forDialect) {
            operation = forDialect.build(engine.dialect());
        } else if (next instanceof Named<?> named) {
            name = name == null ? named.name() : name;
            operation = named.source();
        } else if (next instanceof Mapped<?, ?> mapped) {
            perform(mapped.source(), new MapFrame(this, function(mapped.function())), deadline);
        } else if (next instanceof Chained<?, ?> chained) {
            perform(chained.first(), new ChainFrame(this, function(chained.next())), deadline);
        } else if (next instanceof Recovered<?, ?> recovered) {
            perform(recovered.source(), new RecoverFrame(this, recovered), deadline);
        } else if (next instanceof Finally<?> last) {
            perform(last.source(), new FinallyFrame(this, last.action()), deadline);
        } else if (next instanceof Polled<?> polled) {
            new PollFrame<>(this, polled).look(this);
        }
    }

    @SuppressWarnings("unchecked") // an operation's types guarantee what its function takes
    private static <R> Function<@Nullable Object, R> function(Function<?, ? extends R> typed) {
        return (Function<@Nullable Object, R>) typed;
    }

    private static final class MapFrame extends Frame {
        private final Function<@Nullable Object, ?> function;

        MapFrame(Execution<?> execution, Function<@Nullable Object, ?> function) {
            super(execution);
            this.function = function;
        }

        @Override
        boolean isConversion() {
            return true;
        }

        @Override
        void onResult(@Nullable Object result, Execution<?> execution) {
            execution.succeed(function.apply(result));
        }
    }

    private static final class ChainFrame extends Frame {
        private final Function<@Nullable Object, ? extends Operation<?>> next;

        ChainFrame(Execution<?> execution, Function<@Nullable Object, ? extends Operation<?>> next) {
            super(execution);
            this.next = next;
        }

        /** The frame itself is done: a chain of a thousand operations needs one frame, not a thousand. */
        @Override
        void onResult(@Nullable Object result, Execution<?> execution) {
            execution.operation = next.apply(result);
        }
    }

    private static final class RecoverFrame extends Frame {
        private final Class<? extends ClientException> kind;
        private final Function<@Nullable Object, ?> function;

        RecoverFrame(Execution<?> execution, Recovered<?, ?> recovered) {
            super(execution);
            this.kind = recovered.failure();
            this.function = function(recovered.function());
        }

        @Override
        boolean isConversion() {
            return true;
        }

        @Override
        void onResult(@Nullable Object result, Execution<?> execution) {
            execution.succeed(result);
        }

        @Override
        void onFailure(Throwable failure, Execution<?> execution) {
            if (kind.isInstance(failure)) {
                execution.succeed(function.apply(failure));
            } else {
                execution.fail(failure);
            }
        }
    }

    private static final class FinallyFrame extends Frame {
        private final Runnable action;

        FinallyFrame(Execution<?> execution, Runnable action) {
            super(execution);
            this.action = action;
        }

        @Override
        boolean isConversion() {
            return true;
        }

        @Override
        void onResult(@Nullable Object result, Execution<?> execution) {
            action.run();
            execution.succeed(result);
        }

        @Override
        void onFailure(Throwable failure, Execution<?> execution) {
            action.run();
            execution.fail(failure);
        }
    }
}
