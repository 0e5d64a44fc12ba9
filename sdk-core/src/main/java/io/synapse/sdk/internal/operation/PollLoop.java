package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.operation.Loop.Step;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** An operation, performed again and again until its result is as wanted or the time is up. */
final class PollLoop<T extends @Nullable Object> {
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);

    private final CallEngine engine;
    private final Polled<T> polled;
    private final Pace pace;
    private final long start;
    private Duration interval;
    private @Nullable ClientException lastFault;

    PollLoop(CallEngine engine, Polled<T> polled, Pace pace) {
        this.engine = engine;
        this.polled = polled;
        this.pace = pace;
        this.start = engine.nanoTime();
        this.interval = polled.polling().interval();
    }

    CompletableFuture<T> run() {
        return Loop.of(this::step);
    }

    private CompletableFuture<Step<T>> step() {
        return engine.perform(polled.source(), pace)
                .handle((result, failure) -> failure == null ? look(result) : overlook(failure))
                .thenCompose(next -> next);
    }

    private CompletableFuture<Step<T>> look(T result) {
        lastFault = null;
        polled.observer().accept(result);
        return polled.done().test(result) ? CompletableFuture.completedFuture(Step.done(result)) : waitForNext();
    }

    private CompletableFuture<Step<T>> overlook(Throwable failure) {
        Throwable cause = CallEngine.unwrap(failure);
        if (!(cause instanceof ClientException fault) || !isPassing(fault)) {
            return CompletableFuture.failedFuture(cause);
        }
        lastFault = fault;
        return waitForNext();
    }

    private CompletableFuture<Step<T>> waitForNext() {
        Duration left = polled.polling().timeout().minusNanos(engine.nanoTime() - start);
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.failedFuture(timeout());
        }
        Duration pause = interval.compareTo(left) < 0 ? interval : left;
        interval = polled.polling().after(interval);
        return pace.pause(pause).handle((nothing, interrupted) -> {
            if (interrupted == null) {
                return Step.<T>more();
            }
            throw new CompletionException(
                    CallEngine.unwrap(interrupted) instanceof InterruptedException cause
                            ? Failures.ofCancellation(what(), "its thread was interrupted", false, cause)
                                    .exception(0)
                            : interrupted);
        });
    }

    private RequestTimeoutException timeout() {
        return new RequestTimeoutException(
                Kind.WAIT,
                Failure.of(
                        408,
                        what() + " took longer than "
                                + polled.polling().timeout().toMillis() / 1000.0 + " s"),
                lastFault);
    }

    private String what() {
        return "waiting for " + polled.polling().awaited();
    }

    private static boolean isPassing(ClientException fault) {
        return fault instanceof ConnectionException
                || fault instanceof RequestTimeoutException timeout && timeout.kind() != Kind.WAIT
                || fault instanceof RateLimitException
                || fault instanceof ServerException && PASSING.contains(fault.statusCode());
    }
}
