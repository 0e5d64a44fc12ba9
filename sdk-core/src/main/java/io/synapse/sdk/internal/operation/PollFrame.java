package io.synapse.sdk.internal.operation;

import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.operation.CompositeOperation.Polled;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An operation that is repeated until its result is the one waited for, or the time is up. */
final class PollFrame<T extends @Nullable Object> extends Frame {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);

    /** What is left for the last request when less time is left than the next pause would take. */
    private static final Duration LAST_REQUEST = Duration.ofMillis(250);

    private final Polled<T> polled;
    private final Deadline deadline;
    private Duration interval;
    private @Nullable ClientException lastFault;

    PollFrame(Execution<?> execution, Polled<T> polled) {
        super(execution);
        this.polled = polled;
        this.interval = polled.polling().interval();
        Duration timeout = polled.polling().timeout();
        long now = execution.engine().clock().nanoTime();
        // a wait of no time is one request, which has the time that every call has
        this.deadline = outerDeadline.min(Deadline.of(execution.engine().clock()::nanoTime, now, timeout));
    }

    void look(Execution<?> execution) {
        execution.perform(polled.source(), this, deadline);
    }

    @Override
    @SuppressWarnings("unchecked") // the source gives what the condition takes
    void onResult(@Nullable Object result, Execution<?> execution) {
        lastFault = null;
        ((Consumer<@Nullable Object>) polled.observer()).accept(result);
        if (((Predicate<@Nullable Object>) polled.done()).test(result)) {
            execution.succeed(result);
        } else {
            waitForNext(execution);
        }
    }

    @Override
    void onFailure(Throwable failure, Execution<?> execution) {
        if (failure instanceof ClientException fault && isPassing(fault)) {
            lastFault = fault;
            waitForNext(execution);
        } else {
            execution.fail(failure);
        }
    }

    @Override
    void onPauseEnd(Execution<?> execution) {
        String why = execution.cancelReason();
        if (why != null) {
            execution.fail(Failures.ofCancellation(what(), why, false, null).exception(0));
        } else if (deadline.isOver()) {
            execution.fail(timeout());
        } else {
            look(execution);
        }
    }

    private void waitForNext(Execution<?> execution) {
        if (deadline.isOver() || polled.polling().timeout().isZero()) {
            execution.fail(timeout());
            return;
        }
        Duration left = deadline.left();
        Duration pause = interval;
        if (pause.compareTo(left) >= 0) {
            pause = left.compareTo(LAST_REQUEST) > 0 ? left.minus(LAST_REQUEST) : left;
        }
        interval = polled.polling().after(interval);
        execution.pause(pause, this, deadline);
    }

    private RequestTimeoutException timeout() {
        String limit = polled.polling().timeout().toMillis() / 1000.0 + " s";
        return new RequestTimeoutException(
                Kind.WAIT, Failure.of(408, what() + " took longer than " + limit), lastFault);
    }

    private String what() {
        return "waiting for " + polled.polling().awaited();
    }

    private static boolean isPassing(ClientException fault) {
        return fault instanceof ConnectionException
                || fault instanceof RequestTimeoutException timeout && timeout.kind() != Kind.WAIT
                || fault instanceof RateLimitException
                || fault instanceof CircuitOpenException
                || fault instanceof ServerException && PASSING.contains(fault.statusCode());
    }
}
