package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An operation that is put together from others, or from none. */
public sealed interface CompositeOperation<T extends @Nullable Object> extends Operation<T> {
    /** A result without an operation. */
    record Constant<T extends @Nullable Object>(T result) implements CompositeOperation<T> {}

    /** An operation that the client's dialect builds. */
    record ForDialect<D, T extends @Nullable Object>(Class<D> dialect, Function<? super D, Operation<T>> builder)
            implements CompositeOperation<T> {
        Operation<T> build(Object given) {
            if (!dialect.isInstance(given)) {
                throw new IllegalStateException("this client's server has no " + dialect.getSimpleName());
            }
            return builder.apply(dialect.cast(given));
        }
    }

    /** A call that is not one over HTTP. */
    record Direct<T extends @Nullable Object>(Call<T> call) implements CompositeOperation<T> {}

    /** An operation with a name for listeners. */
    record Named<T extends @Nullable Object>(Operation<T> source, String name) implements CompositeOperation<T> {}

    /** An operation whose result a function converts. */
    record Mapped<S extends @Nullable Object, T extends @Nullable Object>(
            Operation<S> source, Function<? super S, ? extends T> function) implements CompositeOperation<T> {}

    /** An operation, then the one that its result leads to. */
    record Chained<S extends @Nullable Object, T extends @Nullable Object>(
            Operation<S> first, Function<? super S, Operation<T>> next) implements CompositeOperation<T> {}

    /** An operation, one kind of whose failures becomes a result. */
    record Recovered<T extends @Nullable Object, E extends ClientException>(
            Operation<T> source, Class<E> failure, Function<? super E, ? extends T> function)
            implements CompositeOperation<T> {}

    /** An operation and what is done after it, however it ended. */
    record Finally<T extends @Nullable Object>(Operation<T> source, Runnable action) implements CompositeOperation<T> {}

    /** An operation that is repeated until its result satisfies a condition. */
    record Polled<T extends @Nullable Object>(
            Operation<T> source, Predicate<? super T> done, Polling polling, Consumer<? super T> observer)
            implements CompositeOperation<T> {}

    /**
     * A request that can be repeated, because a look-up finds out whether it was executed.
     *
     * @param onConflict whether to look up after an answer of 409 too, because nobody else can have been first
     */
    record Verified<T extends @Nullable Object>(Endpoint<T> endpoint, Operation<Optional<T>> lookup, boolean onConflict)
            implements CompositeOperation<T> {}
}
