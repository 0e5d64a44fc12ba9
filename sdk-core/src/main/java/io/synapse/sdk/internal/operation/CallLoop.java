package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.HttpExchange;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.operation.Loop.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One call: a request, sent again as the {@link RetryDecision} says, all within the call's total time. */
final class CallLoop<T extends @Nullable Object> {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final CallEngine engine;
    private final Endpoint<T> endpoint;
    private final @Nullable Confirmed<T> confirmed;
    private final Pace pace;
    private final Duration total;
    private final Address address;
    private final CallReport report;
    private final long start;
    private int attempt;

    /** Whether an earlier attempt may have been executed although its reply was lost. */
    private boolean replyLost;

    CallLoop(CallEngine engine, Endpoint<T> endpoint, @Nullable Confirmed<T> confirmed, Pace pace) {
        this.engine = engine;
        this.endpoint = endpoint;
        this.confirmed = confirmed;
        this.pace = pace;
        this.total = endpoint.callTimeout().orElse(engine.transport().settings().callTimeout());
        this.address = engine.transport().address(endpoint);
        this.report = new CallReport(engine, endpoint, address);
        this.start = engine.nanoTime();
    }

    CompletableFuture<T> run() {
        ClientException refused = refusal();
        if (refused != null) {
            return CompletableFuture.failedFuture(refused);
        }
        report.started();
        return Loop.of(this::step);
    }

    private CompletableFuture<Step<T>> step() {
        attempt++;
        report.attemptStarted();
        HttpExchange<T> exchange =
                engine.transport().exchange(endpoint, address, total.isZero() ? Duration.ZERO : left());
        return pace.run(exchange).thenCompose(this::settle);
    }

    private CompletableFuture<Step<T>> settle(Outcome<T> outcome) {
        report.attemptFinished(attempt, outcome);
        FailedAttempt failed = outcome.failed();
        if (failed == null) {
            return done(outcome.value());
        }
        boolean wasLost = replyLost;
        replyLost |= failed.failure().mayHaveBeenExecuted();
        if (wasLost && endpoint.method() == HttpMethod.DELETE && isNotFound(failed)) {
            return deletedBefore();
        }
        if (confirmed != null && replyLost && !isGivenUp(failed)) {
            return confirm(confirmed, failed);
        }
        return decide(failed, endpoint.method().isIdempotent());
    }

    /** Asks whether the server acted; only if it did not, the request may be sent again. */
    private CompletableFuture<Step<T>> confirm(Confirmed<T> question, FailedAttempt failed) {
        return engine.perform(question.lookup(), pace)
                .handle((answer, failure) -> {
                    if (failure != null && CallEngine.unwrap(failure) instanceof ConflictException conflict) {
                        return this.<T>fail(conflict); // the place is taken: the request cannot have been executed
                    } else if (failure != null) {
                        ClientException lost = failed.exception(attempt);
                        lost.addSuppressed(CallEngine.unwrap(failure));
                        return this.<T>fail(lost);
                    }
                    return answer.isPresent() ? done(answer.get()) : decide(failed, true);
                })
                .thenCompose(next -> next);
    }

    private CompletableFuture<Step<T>> decide(FailedAttempt failed, boolean repeatable) {
        Optional<Duration> delay = RetryDecision.pauseAfter(
                engine.transport().settings().retryPolicy(), failed, attempt, repeatable, left(), engine.random());
        if (delay.isEmpty()) {
            return fail(failed.exception(attempt));
        }
        report.retrying(delay.get());
        return pace.pause(delay.get()).handle((nothing, interrupted) -> {
            if (interrupted == null) {
                return Step.<T>more();
            }
            throw new CompletionException(givenUp(failed, interrupted));
        });
    }

    private Throwable givenUp(FailedAttempt failed, Throwable interrupted) {
        if (!(CallEngine.unwrap(interrupted) instanceof InterruptedException cause)) {
            return interrupted;
        }
        boolean sent = failed.failure().mayHaveBeenExecuted();
        return Failures.ofCancellation(report.request(), "its thread was interrupted", sent, cause)
                .exception(attempt);
    }

    private CompletableFuture<Step<T>> done(T value) {
        report.finished();
        return CompletableFuture.completedFuture(Step.done(value));
    }

    @SuppressWarnings("NullAway") // what a DELETE answers is "nothing", which is null
    private CompletableFuture<Step<T>> deletedBefore() {
        return done(null);
    }

    private <R extends @Nullable Object> CompletableFuture<Step<R>> fail(ClientException failure) {
        report.finished();
        return CompletableFuture.failedFuture(failure);
    }

    private Duration left() {
        return total.isZero() ? FOREVER : total.minusNanos(engine.nanoTime() - start);
    }

    /** Credentials go to the server's own origin only, wherever a page says that its next one is. */
    private @Nullable ClientException refusal() {
        if (address.isAtOwnOrigin()) {
            return null;
        }
        String why = "it leads to another origin than the client's own, where its credentials must not go";
        return Failures.ofRefusal(report.request(), why);
    }

    private boolean isNotFound(FailedAttempt failed) {
        return failed.exception(attempt) instanceof NotFoundException;
    }

    private static boolean isGivenUp(FailedAttempt failed) {
        return failed.failure().statusCode() == 499;
    }
}
