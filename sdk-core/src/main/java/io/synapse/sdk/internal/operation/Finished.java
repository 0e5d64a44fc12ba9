package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Operation;
import org.jspecify.annotations.Nullable;

/** An operation and what is done afterwards, however it ended. */
public record Finished<T extends @Nullable Object>(Operation<T> source, Runnable action) implements Operation<T> {}
