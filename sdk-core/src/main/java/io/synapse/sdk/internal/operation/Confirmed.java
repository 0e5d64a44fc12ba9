package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request and the question whether it was executed, for when its reply is lost. */
public record Confirmed<T extends @Nullable Object>(Endpoint<T> endpoint, Operation<Optional<T>> lookup)
        implements Operation<T> {}
