package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import io.synapse.sdk.Polling;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An operation that is repeated until its result is as wanted. */
public record Polled<T extends @Nullable Object>(
        Operation<T> source, Predicate<? super T> done, Polling polling, Consumer<? super T> observer)
        implements Operation<T> {}
