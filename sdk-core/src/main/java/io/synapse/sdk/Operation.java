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
 * An operation of a client as a value: one request (an {@link Endpoint}), or requests combined with the methods below.
 * Nothing is sent until a client performs it. An operation can be performed any number of times, by blocking and
 * asynchronous clients, from any thread.
 *
 * <pre>{@code
 * Operation<String> state = Endpoint.get("jobs/train-7/", Job.class).map(job -> job.status().value());
 * String now = client.perform(state);
 * CompletableFuture<String> soon = client.async().perform(state);
 * }</pre>
 *
 * <p>Functions passed to these methods run on the thread that performs the operation (asynchronously: a thread of the
 * client) and must not block. The operation fails with the exception that they throw.
 *
 * @param <T> the type of the result
 */
public sealed interface Operation<T extends @Nullable Object> permits Endpoint, CompositeOperation {
    /** The same operation, its result converted by a function. */
    default <R extends @Nullable Object> Operation<R> map(Function<? super T, ? extends R> function) {
        return new Mapped<>(this, function);
    }

    /** This operation, followed by the operation that the function returns for its result. */
    default <R extends @Nullable Object> Operation<R> then(Function<? super T, Operation<R>> next) {
        return new Chained<>(this, next);
    }

    /**
     * The same operation, where a function converts failures of this type into a result, or throws another exception.
     */
    default <E extends ClientException> Operation<T> recover(
            Class<E> failure, Function<? super E, ? extends T> function) {
        return new Recovered<>(this, failure, function);
    }

    /**
     * The same operation, followed by an action that runs whether it succeeds, fails or is cancelled. An exception of
     * the action replaces the result.
     */
    default Operation<T> doFinally(Runnable action) {
        return new Finally<>(this, action);
    }

    /**
     * The same operation with a name for {@link ClientListener.Call#operation()}, such as the name of a method. Of
     * nested names, the outermost applies.
     */
    default Operation<T> named(String name) {
        return new Named<>(this, name);
    }

    /**
     * This operation, repeated until its result meets the condition.
     *
     * <p>A transient failure (connection, timeout, rate limit, 502, 503, 504) does not end the wait; any other failure
     * does. After the timeout the operation fails with a {@link RequestTimeoutException} whose cause is the last
     * transient failure, if there was one. A running request is aborted.
     *
     * @param done the condition that the result must meet
     * @param polling intervals and timeout
     * @param observer called with each result, the last one included
     */
    default Operation<T> until(Predicate<? super T> done, Polling polling, Consumer<? super T> observer) {
        return new Polled<>(this, done, polling, observer);
    }

    /** An operation with a constant result: nothing is sent. */
    static <T extends @Nullable Object> Operation<T> of(T result) {
        return new Constant<>(result);
    }

    /** An operation that does nothing and has no result. */
    @SuppressWarnings("NullAway") // the one value of Void
    static Operation<@Nullable Void> nothing() {
        return of(null);
    }

    /**
     * An operation that is created each time it is performed. It fails with the exception that the supplier throws, for
     * a bad argument for instance.
     */
    static <T extends @Nullable Object> Operation<T> deferred(Supplier<Operation<T>> maker) {
        return forDialect(Object.class, anyDialect -> maker.get());
    }

    /**
     * An operation that the client's dialect builds. The dialect contains what is specific to one kind of server.
     *
     * @param dialect the interface that the client's dialect must implement
     * @param builder builds the operation; may check its arguments and throw
     * @throws IllegalStateException when performed by a client whose dialect does not implement that interface
     */
    static <D, T extends @Nullable Object> Operation<T> forDialect(
            Class<D> dialect, Function<? super D, Operation<T>> builder) {
        return new ForDialect<>(dialect, builder);
    }
}
