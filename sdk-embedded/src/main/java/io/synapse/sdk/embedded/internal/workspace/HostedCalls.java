package io.synapse.sdk.embedded.internal.workspace;

import io.synapse.sdk.Failure;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.workspace.internal.CallReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations by the keys that clients gave them: a request with a known key joins what runs, or has the result that is there.
 * A result is kept until it cannot be asked for again; an operation that nobody waits for any more is cancelled. Thread-safe.
 */
final class HostedCalls {
    /** Longer than a client repeats a request that has not been answered. */
    private static final Duration KEPT = Duration.ofMinutes(5);

    private static final long MAX_WEIGHT = Runtime.getRuntime().maxMemory() / 32;

    private final Map<String, HostedCall> calls = new ConcurrentHashMap<>();
    private final long maxWeight;
    private final Executor executor;
    private final LongSupplier nanoTime;

    HostedCalls(Executor executor, LongSupplier nanoTime) {
        this(executor, nanoTime, MAX_WEIGHT);
    }

    /** @param maxWeight how many characters of outputs are kept */
    HostedCalls(Executor executor, LongSupplier nanoTime, long maxWeight) {
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.maxWeight = maxWeight;
    }

    /**
     * The reply to a call, which is begun if its key is not known.
     *
     * @param operation is given who takes its progress
     * @param keep whether its result is kept after it was given out once
     * @param most how long to wait for its end
     */
    CompletableFuture<CallReply> join(
            String key, Function<Consumer<String>, ? extends @Nullable Object> operation, boolean keep, Duration most) {
        HostedCall call = calls.computeIfAbsent(key, unknown -> start(operation));
        return call.await(most).thenApply(reply -> {
            if (reply.done() && !keep) {
                calls.remove(key, call);
            }
            return reply;
        });
    }

    private HostedCall start(Function<Consumer<String>, ? extends @Nullable Object> operation) {
        CompletableFuture<HostedCall> self = new CompletableFuture<>();
        HostedCall call = HostedCall.start(
                () -> operation.apply(text -> self.thenAccept(started -> started.progress(text))), executor, nanoTime);
        self.complete(call);
        return call;
    }

    /** The reply to one that joins a call which is not known any more. */
    static CompletableFuture<CallReply> forgotten() {
        return CompletableFuture.completedFuture(CallReply.failed(new ServerException(
                Failure.of(500, "the agent does not keep the result any more").mayHaveBeenExecuted(true))));
    }

    /** Ends a call. One that is not known, and may still come, will not be begun. */
    CompletableFuture<CallReply> cancel(String key, Duration most) {
        HostedCall call = calls.computeIfAbsent(key, unknown -> HostedCall.cancelled(nanoTime));
        call.cancel("its client asked for that");
        return call.await(most);
    }

    /** Ends all. */
    void cancelAll(String why) {
        calls.values().forEach(call -> call.cancel(why));
    }

    /** Whether there is a call with this key. */
    boolean isKnown(String key) {
        return calls.containsKey(key);
    }

    /** Whether there is a call with this key that has not ended. */
    boolean isRunning(String key) {
        HostedCall call = calls.get(key);
        return call != null && !call.isDone();
    }

    /** Waits for the end of all, but not longer. */
    void awaitAll(Duration most) {
        CompletableFuture.allOf(
                        calls.values().stream().map(call -> call.await(most)).toArray(CompletableFuture[]::new))
                .join();
    }

    /** Whether one of them runs. */
    boolean isRunning() {
        return calls.values().stream().anyMatch(call -> !call.isDone());
    }

    /**
     * Cancels what nobody waits for, and forgets what nobody will ask for.
     *
     * @param lease how long an operation may run without somebody who waits for it
     */
    void sweep(Duration lease) {
        List<HostedCall> ended = new ArrayList<>();
        calls.forEach((key, call) -> {
            if (call.isDone()) {
                ended.add(call);
                if (call.isUnattended(KEPT)) {
                    calls.remove(key, call);
                }
            } else if (call.isUnattended(lease)) {
                call.cancel("nobody has asked for its result for " + lease);
            }
        });
        dropHeaviest(ended);
    }

    private void dropHeaviest(List<HostedCall> ended) {
        long weight = ended.stream().mapToLong(HostedCall::weight).sum();
        ended.sort(Comparator.comparingLong(HostedCall::weight).reversed());
        for (HostedCall call : ended) {
            if (weight <= maxWeight) {
                return;
            }
            weight -= call.weight();
            call.dropResult();
        }
    }
}
