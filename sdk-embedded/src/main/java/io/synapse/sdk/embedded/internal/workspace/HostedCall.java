package io.synapse.sdk.embedded.internal.workspace;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.workspace.internal.CallReply;
import io.synapse.sdk.workspace.internal.InterruptibleCall;
import io.synapse.sdk.workspace.internal.WorkspaceCalls.CommandAnswer;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operation that a client asked for, and asks again for until it has ended. Thread-safe. */
final class HostedCall {
    private static final Logger LOG = LoggerFactory.getLogger(HostedCall.class);

    private final LongSupplier nanoTime;
    private final CompletableFuture<@Nullable Object> operation;
    private volatile CompletableFuture<CallReply> end;
    private volatile @Nullable String progress;
    private volatile String whyCancelled = "its client asked for that";
    private int waiting;
    private long lastAsked;

    private HostedCall(CompletableFuture<@Nullable Object> operation, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.operation = operation;
        this.end = operation.handle(this::reply);
        this.lastAsked = nanoTime.getAsLong();
    }

    /** Begins an operation. */
    static HostedCall start(Supplier<? extends @Nullable Object> operation, Executor executor, LongSupplier nanoTime) {
        return new HostedCall(InterruptibleCall.start(operation::get, executor), nanoTime);
    }

    /** An operation that was cancelled before it was begun. */
    static HostedCall cancelled(LongSupplier nanoTime) {
        CompletableFuture<@Nullable Object> never = new CompletableFuture<>();
        never.cancel(false);
        return new HostedCall(never, nanoTime);
    }

    private CallReply reply(@Nullable Object result, @Nullable Throwable failure) {
        if (failure == null) {
            return CallReply.of(result);
        }
        if (failure instanceof CancellationException) {
            return CallReply.failed(
                    new CallCancelledException(Failure.of(499, "the operation was cancelled: " + whyCancelled)
                            .mayHaveBeenExecuted(true)));
        }
        if (!(failure instanceof ClientException) && !(failure instanceof IllegalStateException)) {
            LOG.error("an operation of a workspace failed", failure);
        }
        return CallReply.failed(failure);
    }

    /** What is to be told while the operation has not ended. */
    void progress(String text) {
        progress = text;
    }

    /** How it ended; after this time, that it has not. */
    CompletableFuture<CallReply> await(Duration most) {
        synchronized (this) {
            waiting++;
        }
        return end.copy()
                .completeOnTimeout(CallReply.pending(null), most.toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(reply -> {
                    asked();
                    return reply.done() ? reply : CallReply.pending(progress);
                });
    }

    private synchronized void asked() {
        waiting--;
        lastAsked = nanoTime.getAsLong();
    }

    /** Ends it; {@link #await} waits until nothing of it runs. */
    void cancel(String why) {
        whyCancelled = why;
        operation.cancel(true);
    }

    boolean isDone() {
        return end.isDone();
    }

    /** Whether nobody has waited for its end for so long. */
    synchronized boolean isUnattended(Duration time) {
        return waiting == 0 && nanoTime.getAsLong() - lastAsked >= time.toNanos();
    }

    /** How many characters its result has in memory, roughly. */
    long weight() {
        CallReply reply = end.getNow(CallReply.pending(null));
        return reply.result() instanceof CommandAnswer answer
                ? answer.outputStart().length() + answer.outputEnd().length()
                : 0;
    }

    /** Forgets the result, but not that the operation was performed. */
    void dropResult() {
        end = CompletableFuture.completedFuture(CallReply.failed(new ServerException(
                Failure.of(500, "the agent had no memory to keep the result").mayHaveBeenExecuted(true))));
    }
}
