package io.synapse.sdk;

import io.synapse.sdk.internal.operation.CompositeOperation;
import io.synapse.sdk.internal.operation.CompositeOperation.Chained;
import io.synapse.sdk.internal.operation.CompositeOperation.Constant;
import io.synapse.sdk.internal.operation.CompositeOperation.Finally;
import io.synapse.sdk.internal.operation.CompositeOperation.ForDialect;
import io.synapse.sdk.internal.operation.CompositeOperation.Mapped;
import io.synapse.sdk.internal.operation.CompositeOperation.Named;
import io.synapse.sdk.internal.operation.CompositeOperation.Polled;
import io.synapse.sdk.internal.operation.CompositeOperation.Recovered;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something a client can do, said as a value: one request (an {@link Endpoint}), or requests put together with the
 * methods below. Nothing is sent until a client performs it; the same operation may be performed any number of times,
 * by blocking and by asynchronous clients, from any thread.
 *
 * <pre>{@code
 * Operation<String> state = Endpoint.get("jobs/train-7/", Job.class).map(job -> job.status().value());
 * String now = client.perform(state);
 * CompletableFuture<String> soon = client.async().perform(state);
 * }</pre>
 *
 * <p>A function given here runs on the thread that performs the operation (asynchronously: on a thread of the client)
 * and must not block. What it throws is what the caller gets.
 *
 * @param <T> what the caller gets
 */
public sealed interface Operation<T extends @Nullable Object> permits Endpoint, CompositeOperation {
    /** The same operation, its result converted by a function. */
    default <R extends @Nullable Object> Operation<R> map(Function<? super T, ? extends R> function) {
        return new Mapped<>(this, function);
    }

    /** This operation, then the one that the function makes of its result. */
    default <R extends @Nullable Object> Operation<R> then(Function<? super T, Operation<R>> next) {
        return new Chained<>(this, next);
    }

    /**
     * The same operation, where a function converts failures of the given kind into a result, or throws a better
     * explanation.
     */
    default <E extends ClientException> Operation<T> recover(
            Class<E> failure, Function<? super E, ? extends T> function) {
        return new Recovered<>(this, failure, function);
    }

    /**
     * The same operation, after which the action is run, however it ended: with a result, a failure, or given up. What
     * the action throws takes the place of the result.
     */
    default Operation<T> doFinally(Runnable action) {
        return new Finally<>(this, action);
    }

    /**
     * The same operation under a name that {@link ClientListener.Call#operation()} gives for its requests: a method's, for
     * instance. Of several names, the outermost counts.
     */
    default Operation<T> named(String name) {
        return new Named<>(this, name);
    }

    /**
     * This operation, again and again until its result is as wanted.
     *
     * <p>A passing fault (connection, timeout, rate limit, 502, 503, 504) does not end the wait; any other failure
     * does. When the time is up: {@link RequestTimeoutException}, with the last fault as its cause, if there was one. A
     * request that is under way then is broken off.
     *
     * @param done whether the result is the one waited for
     * @param polling how often, and for how long in all
     * @param observer gets every result, the last one included
     */
    default Operation<T> until(Predicate<? super T> done, Polling polling, Consumer<? super T> observer) {
        return new Polled<>(this, done, polling, observer);
    }

    /** An operation whose result is known already: nothing is sent. */
    static <T extends @Nullable Object> Operation<T> of(T result) {
        return new Constant<>(result);
    }

    /** An operation that does nothing and has no result. */
    @SuppressWarnings("NullAway") // the one value of Void
    static Operation<@Nullable Void> nothing() {
        return of(null);
    }

    /**
     * An operation that is made anew each time it is performed. What making it throws (a bad argument, say) is thrown
     * by a blocking client when it performs it, and fails the future of an asynchronous one.
     */
    static <T extends @Nullable Object> Operation<T> deferred(Supplier<Operation<T>> maker) {
        return forDialect(Object.class, anyDialect -> maker.get());
    }

    /**
     * An operation that the client's dialect builds: the part of each client that has the facts of its kind of server.
     *
     * @param dialect the interface that the client's dialect must have
     * @param builder builds the operation; it may check its arguments, its exceptions reach the caller
     * @throws IllegalStateException when performed by a client whose dialect does not have that interface
     */
    static <D, T extends @Nullable Object> Operation<T> forDialect(
            Class<D> dialect, Function<? super D, Operation<T>> builder) {
        return new ForDialect<>(dialect, builder);
    }
}
