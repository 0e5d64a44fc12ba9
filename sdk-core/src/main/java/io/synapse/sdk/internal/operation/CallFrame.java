package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.http.Address;
import io.synapse.sdk.internal.http.ConnectionSettings;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.Exchange;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.operation.CompositeOperation.Verified;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call: a request, sent again as the {@link RetryDecision} says, all within the call's total time. */
final class CallFrame<T extends @Nullable Object> extends Frame {
    private final Endpoint<T> endpoint;

    /** Finds out whether the server executed the request; null when nothing does. */
    private final @Nullable Verified<?> verified;

    private final ConnectionSettings settings;
    private final Address address;
    private final Deadline deadline;
    private final CallReport report;
    private int attempts;

    /** How the last attempt failed. */
    private @Nullable FailedAttempt failed;

    /** Whether an earlier attempt may have been executed although its reply was lost. */
    private boolean replyLost;

    CallFrame(Execution<?> execution, Endpoint<T> endpoint, @Nullable Verified<?> verified) {
        super(execution);
        this.endpoint = endpoint;
        this.verified = verified;
        this.settings = execution.engine().settings();
        this.address = settings.baseUrl().address(endpoint);
        long start = execution.callStart();
        this.deadline = outerDeadline.min(
                Deadline.of(execution.engine().clock()::nanoTime, start, settings.callTimeout(endpoint)));
        this.report = new CallReport(execution, endpoint, address, start);
    }

    /** Sends the request, unless it was cancelled or its time is up. */
    void attempt(Execution<?> execution) {
        ClientException given = givenUp(execution);
        if (given != null) {
            finish(given, execution);
            return;
        }
        attempts++;
        report.attemptStarted(attempts);
        Exchange<T> exchange = execution.engine().exchanges().exchange(endpoint, address, deadline);
        Outcome<T> outcome;
        try {
            outcome = execution.send(exchange);
        } catch (RuntimeException | Error e) {
            report.failed(attempts, e);
            throw e;
        }
        report.attemptFinished(attempts, outcome);
        failed = outcome.failed();
        if (failed == null) {
            finish(outcome.value(), execution);
        } else {
            settle(failed, execution);
        }
    }

    @Override
    void onPauseEnd(Execution<?> execution) {
        attempt(execution);
    }

    /** The server was asked; only if it did not execute the request, that may be sent again. */
    @Override
    void onResult(@Nullable Object found, Execution<?> execution) {
        if (found instanceof Optional<?> answer && answer.isPresent()) {
            finish(answer.get(), execution);
        } else {
            decide(known(failed), true, execution);
        }
    }

    @Override
    void onFailure(Throwable failure, Execution<?> execution) {
        if (failure instanceof ConflictException conflict) {
            finish(conflict, execution); // another one is there: the request cannot have been executed
            return;
        }
        ClientException lost = known(failed).exception(attempts);
        lost.addSuppressed(failure);
        finish(lost, execution);
    }

    private void settle(FailedAttempt how, Execution<?> execution) {
        boolean wasLost = replyLost;
        replyLost |= how.failure().mayHaveBeenExecuted();
        if (wasLost && endpoint.method() == HttpMethod.DELETE && how.exception(attempts) instanceof NotFoundException) {
            finish((Object) null, execution); // by an earlier attempt
        } else if (verified != null && mustVerify(verified, how) && execution.cancelReason() == null) {
            execution.perform(verified.lookup(), this, deadline);
        } else {
            decide(how, endpoint.isIdempotent(), execution);
        }
    }

    private void decide(FailedAttempt how, boolean repeatable, Execution<?> execution) {
        Optional<Duration> delay = RetryDecision.pauseAfter(
                settings.retryPolicy(),
                how,
                attempts,
                repeatable,
                deadline.left(),
                execution.engine().clock().random());
        if (delay.isEmpty()) {
            finish((replyLost ? how.afterLostReply() : how).exception(attempts), execution);
        } else {
            report.retrying(delay.get());
            execution.pause(delay.get(), this, deadline);
        }
    }

    /** What ends the call before its next attempt; null when nothing does. */
    private @Nullable ClientException givenUp(Execution<?> execution) {
        if (Thread.currentThread().isInterrupted()) {
            execution.cancel(Failures.INTERRUPTED);
        }
        String why = execution.cancelReason();
        if (why != null) {
            return Failures.ofCancellation(report.request(), why, replyLost, null)
                    .exception(attempts);
        }
        return deadline.isOver()
                ? Failures.ofTimeout(
                                report.request(),
                                address.server().authority(),
                                Kind.CALL,
                                deadline.limit(),
                                replyLost,
                                failed == null ? null : failed.exception(attempts))
                        .exception(attempts)
                : null;
    }

    private void finish(@Nullable Object result, Execution<?> execution) {
        report.finished();
        execution.succeed(result);
    }

    private void finish(ClientException failure, Execution<?> execution) {
        report.finished();
        execution.fail(failure);
    }

    private boolean mustVerify(Verified<?> by, FailedAttempt how) {
        int status = how.failure().statusCode();
        return status != 499 && (replyLost || by.onConflict() && status == 409);
    }

    private static FailedAttempt known(@Nullable FailedAttempt failed) {
        if (failed == null) {
            throw new IllegalStateException("no attempt has failed");
        }
        return failed;
    }
}
