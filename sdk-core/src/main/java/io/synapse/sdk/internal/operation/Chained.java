package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation and the one that its result leads to. */
public record Chained<S extends @Nullable Object, T extends @Nullable Object>(
        Operation<S> first, Function<? super S, Operation<T>> next) implements Operation<T> {}
