package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.internal.http.HttpTransport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs operations, blocking and asynchronous ones alike: the {@link Pace} makes the difference. Thread-safe.
 *
 * <p>The clock and the randomness are given, so that tests need not wait.
 */
public final class CallEngine {
    private final HttpTransport transport;
    private final Object dialect;
    private final LongSupplier nanoClock;
    private final DoubleSupplier random;

    /**
     * An engine over a transport.
     *
     * @param dialect what spoken operations are said in
     * @param nanoClock the time that passes, in nanoseconds
     * @param random from 0 to 1, for the pauses between attempts
     */
    public CallEngine(HttpTransport transport, Object dialect, LongSupplier nanoClock, DoubleSupplier random) {
        this.transport = transport;
        this.dialect = dialect;
        this.nanoClock = nanoClock;
        this.random = random;
    }

    /** Performs an operation at this pace. What an operation's functions throw fails the future. */
    @SuppressWarnings("unchecked") // the operations' own types guarantee what they hold
    public <T extends @Nullable Object> CompletableFuture<T> perform(Operation<T> operation, Pace pace) {
        try {
            if (operation instanceof Endpoint<T> endpoint) {
                return call(endpoint, null, pace);
            } else if (operation instanceof Confirmed<T> confirmed) {
                return call(confirmed.endpoint(), confirmed, pace);
            } else if (operation instanceof Known<T> known) {
                return CompletableFuture.completedFuture(known.result());
            } else if (operation instanceof Spoken<?, T> spoken) {
                return perform(spoken.in(dialect), pace);
            } else if (operation instanceof Mapped<?, T> mapped) {
                return map((Mapped<Object, T>) mapped, pace);
            } else if (operation instanceof Chained<?, T> chained) {
                return chain((Chained<Object, T>) chained, pace);
            } else if (operation instanceof Recovered<T, ?> recovered) {
                return recover((Recovered<T, ClientException>) recovered, pace);
            } else if (operation instanceof Finished<T> finished) {
                return perform(finished.source(), pace)
                        .whenComplete((result, failure) -> finished.action().run());
            }
            return new PollLoop<>(this, (Polled<T>) operation, pace).run();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    HttpTransport transport() {
        return transport;
    }

    long nanoTime() {
        return nanoClock.getAsLong();
    }

    double random() {
        return random.getAsDouble();
    }

    /** What really failed, without the wrapping that futures add. */
    static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private <T extends @Nullable Object> CompletableFuture<T> call(
            Endpoint<T> endpoint, @Nullable Confirmed<T> confirmed, Pace pace) {
        return new CallLoop<>(this, endpoint, confirmed, pace).run();
    }

    private <S, T extends @Nullable Object> CompletableFuture<T> map(Mapped<S, T> mapped, Pace pace) {
        return perform(mapped.source(), pace).thenApply(mapped.function());
    }

    private <S, T extends @Nullable Object> CompletableFuture<T> chain(Chained<S, T> chained, Pace pace) {
        return perform(chained.first(), pace)
                .thenCompose(result -> perform(chained.next().apply(result), pace));
    }

    private <T extends @Nullable Object> CompletableFuture<T> recover(
            Recovered<T, ClientException> recovered, Pace pace) {
        return perform(recovered.source(), pace).handle((result, failure) -> {
            if (failure == null) {
                return result;
            }
            Throwable cause = unwrap(failure);
            if (recovered.failure().isInstance(cause)) {
                return recovered.function().apply(recovered.failure().cast(cause));
            }
            throw new CompletionException(cause);
        });
    }
}
