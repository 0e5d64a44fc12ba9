package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation whose result is put through a function. */
public record Mapped<S extends @Nullable Object, T extends @Nullable Object>(
        Operation<S> source, Function<? super S, ? extends T> function) implements Operation<T> {}
