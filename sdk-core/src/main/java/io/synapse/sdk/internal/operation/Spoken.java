package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation that waits for a dialect to be said in. */
public record Spoken<D, T extends @Nullable Object>(Class<D> dialect, Function<? super D, Operation<T>> words)
        implements Operation<T> {
    /** The operation in the words of the given dialect. */
    public Operation<T> in(Object given) {
        if (!dialect.isInstance(given)) {
            throw new IllegalStateException("this client does not speak " + dialect.getSimpleName());
        }
        return words.apply(dialect.cast(given));
    }
}
