package io.synapse.sdk.internal.operation;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Operation;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation, one kind of whose failures becomes a result. */
public record Recovered<T extends @Nullable Object, E extends ClientException>(
        Operation<T> source, Class<E> failure, Function<? super E, ? extends T> function) implements Operation<T> {}
