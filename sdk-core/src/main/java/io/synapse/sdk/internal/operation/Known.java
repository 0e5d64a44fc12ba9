package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import org.jspecify.annotations.Nullable;

/** An operation whose result is known. */
public record Known<T extends @Nullable Object>(T result) implements Operation<T> {}
