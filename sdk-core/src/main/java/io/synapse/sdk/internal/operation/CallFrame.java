package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RequestTimeoutException.Kind;
import io.synapse.sdk.internal.balance.AttemptResult;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.http.CallPolicy;
import io.synapse.sdk.internal.http.Deadline;
import io.synapse.sdk.internal.http.FailedAttempt;
import io.synapse.sdk.internal.http.Failures;
import io.synapse.sdk.internal.http.Outcome;
import io.synapse.sdk.internal.operation.CompositeOperation.Verified;
import io.synapse.sdk.internal.resilience.Admission;
import io.synapse.sdk.internal.resilience.Fallbacks;
import io.synapse.sdk.internal.resilience.Layers;
import io.synapse.sdk.internal.resilience.ServerPermit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call: a request, sent again as the {@link RetryDecision} says, all within the call's total time. Each attempt is
 * admitted to a server by the client's {@link Layers}.
 */
final class CallFrame<T extends @Nullable Object> extends Frame {
    private final Call<T> call;

    /** Finds out whether the server executed the request; null when nothing does. */
    private final @Nullable Verified<?> verified;

    private final CallPolicy policy;
    private final Layers layers;
    private final Deadline deadline;
    private final CallReport report;

    /** The one server that may be asked; null for any. */
    private final @Nullable Server only;

    private final List<Server> failedServers = new ArrayList<>(0);
    private int attempts;

    /** The place in a server's queue; null while it waits for none. */
    private @Nullable ServerPermit queued;

    /** How the last attempt failed. */
    private @Nullable FailedAttempt failed;

    /** Whether an earlier attempt may have been executed although its reply was lost. */
    private boolean replyLost;

    CallFrame(Execution<?> execution, Call<T> call, @Nullable Verified<?> verified) {
        super(execution);
        OperationEngine engine = execution.engine();
        this.call = call;
        this.verified = verified;
        this.policy = engine.policy();
        this.layers = engine.layers();
        this.only = execution.onlyServer();
        long start = execution.callStart();
        this.deadline =
                outerDeadline.min(Deadline.of(engine.clock()::nanoTime, start, policy.callTimeout(call.callTimeout())));
        this.report = new CallReport(execution, call, start);
    }

    /** Makes the first attempt. */
    void begin(Execution<?> execution) {
        layers.callStarted();
        attempt(execution);
    }

    /** Sends the request to one of the servers, unless it was cancelled, its time is up, or no server may get it. */
    private void attempt(Execution<?> execution) {
        ClientException given = givenUp(execution);
        if (given != null) {
            finish(given, execution);
            return;
        }
        Admission admission;
        try {
            admission = only == null
                    ? layers.admit(call.servers(), failedServers, execution::wake)
                    : layers.admitAt(only, call.servers(), execution::wake);
        } catch (RuntimeException e) { // of a circuit breaker, or of who knows the servers
            finish(notAdmitted(e), execution);
            return;
        }
        if (admission instanceof Admission.Refused refused) {
            FailedAttempt how = refused.failure(report.request(), lastFailure());
            finish((replyLost ? how.afterLostReply() : how).exception(attempts), execution);
        } else if (admission instanceof ServerPermit permit) {
            sendOrWait(permit, execution);
        }
    }

    private ClientException notAdmitted(RuntimeException why) {
        if (failed == null) {
            return Failures.ofPreparation(why);
        }
        ClientException failure = (replyLost ? failed.afterLostReply() : failed).exception(attempts);
        failure.addSuppressed(why);
        return failure;
    }

    private void sendOrWait(ServerPermit permit, Execution<?> execution) {
        report.at(permit.server());
        if (permit.isGranted()) {
            queued = null;
            send(permit, execution);
            return;
        }
        queued = permit;
        execution.pause(deadline.left(), this, deadline);
        if (permit.isGranted()) { // before there was this pause
            execution.wake();
        }
    }

    private void send(ServerPermit permit, Execution<?> execution) {
        Clock clock = execution.engine().clock();
        long start = clock.nanoTime();
        AttemptResult result = AttemptResult.WITHDRAWN;
        Outcome<T> outcome;
        try {
            attempts++;
            report.attemptStarted(attempts);
            outcome = outcome(permit, execution);
            result = AttemptResult.of(outcome.failed());
        } catch (RuntimeException | Error e) {
            report.failed(attempts, e);
            throw e;
        } finally {
            long now = clock.nanoTime();
            permit.end(result, now - start, now);
        }
        report.attemptFinished(attempts, outcome);
        failed = outcome.failed();
        if (failed == null) {
            layers.fallbacks().keep(call, outcome.value());
            finish(outcome.value(), execution);
        } else {
            failedServers.add(permit.server());
            settle(failed, execution);
        }
    }

    /** Makes an attempt, within its own limit, which follows how long attempts take. */
    private Outcome<T> outcome(ServerPermit permit, Execution<?> execution) {
        Clock clock = execution.engine().clock();
        long start = clock.nanoTime();
        boolean unlimited = call.callTimeout().filter(Duration::isZero).isPresent();
        long limitNanos = unlimited ? Long.MAX_VALUE : layers.attemptNanos(call);
        Deadline limit = deadline.min(Deadline.ofNanos(clock::nanoTime, start, limitNanos));
        Outcome<T> outcome = execution.send(call.exchange(permit.server(), limit));
        if (outcome.failed() == null) {
            layers.attemptTook(call, clock.nanoTime() - start);
            return outcome;
        }
        boolean own = limit != deadline
                && !deadline.isOver()
                && outcome.failed().exception(1) instanceof RequestTimeoutException timeout
                && timeout.kind() == Kind.CALL;
        if (!own) {
            return outcome;
        }
        layers.attemptTook(call, 2 * limitNanos); // else a service that became slower would be cut off for ever
        ClientException timeout = outcome.failed().exception(1);
        return outcome.failed(Failures.ofTimeout(
                report.request(), "", Kind.ATTEMPT, limit.limit(), timeout.mayHaveBeenExecuted(), timeout));
    }

    @Override
    void onPauseEnd(Execution<?> execution) {
        ServerPermit waiting = queued;
        if (waiting == null) {
            attempt(execution);
            return;
        }
        ClientException given = givenUp(execution);
        if (given == null && !waiting.isOutdated()) {
            sendOrWait(waiting, execution);
            return;
        }
        queued = null;
        waiting.end(AttemptResult.WITHDRAWN, 0, execution.engine().clock().nanoTime());
        if (given == null) {
            attempt(execution);
        } else {
            finish(given, execution);
        }
    }

    /** The server was asked; only if it did not execute the request, that may be sent again. */
    @Override
    void onResult(@Nullable Object found, Execution<?> execution) {
        execution.askOnly(only);
        if (found instanceof Optional<?> answer && answer.isPresent()) {
            finish(answer.get(), execution);
        } else {
            decide(known(failed), true, execution);
        }
    }

    @Override
    void onFailure(Throwable failure, Execution<?> execution) {
        execution.askOnly(only);
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
        if (wasLost && call.method() == HttpMethod.DELETE && how.exception(attempts) instanceof NotFoundException) {
            finish((Object) null, execution); // by an earlier attempt
        } else if (verified != null && mustVerify(verified, how) && execution.cancelReason() == null) {
            execution.askOnly(failedServers.get(failedServers.size() - 1)); // no other knows what became of it
            execution.perform(verified.lookup(), this, deadline);
        } else {
            decide(how, call.isIdempotent(), execution);
        }
    }

    private void decide(FailedAttempt how, boolean repeatable, Execution<?> execution) {
        Optional<Duration> delay = RetryDecision.pauseAfter(
                policy.retryPolicy(),
                how,
                attempts,
                repeatable,
                deadline.left(),
                execution.engine().clock().random());
        if (delay.isEmpty() || !layers.tryRetry()) {
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
        if (!deadline.isOver()) {
            return null;
        }
        FailedAttempt late = queued == null
                ? Failures.ofTimeout(
                        report.request(), report.server(), Kind.CALL, deadline.limit(), replyLost, lastFailure())
                : queued.timeout(report.request(), deadline.limit(), lastFailure());
        return (replyLost ? late.afterLostReply() : late).exception(attempts);
    }

    private @Nullable ClientException lastFailure() {
        return failed == null ? null : failed.exception(attempts);
    }

    private void finish(@Nullable Object result, Execution<?> execution) {
        report.finished();
        execution.succeed(result);
    }

    private void finish(ClientException failure, Execution<?> execution) {
        Optional<Fallbacks.Marked> instead =
                execution.isAnswerOfCaller() ? layers.fallbacks().answer(call, failure) : Optional.empty();
        instead.ifPresent(marked -> report.fallback(marked.mark()));
        report.finished(failure);
        instead.ifPresentOrElse(marked -> execution.succeed(marked.answer()), () -> execution.fail(failure));
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
