package io.synapse.sdk.internal.tail;

import io.synapse.sdk.LogEndpoint;
import java.util.function.Function;

/** A log that is known once the client's dialect is. */
public record DialectLog(Class<?> dialect, Function<Object, LogEndpoint> log) implements LogEndpoint {
    /** The log in the given dialect. */
    public LogEndpoint in(Object given) {
        if (!dialect.isInstance(given)) {
            throw new IllegalStateException("this client has no " + dialect.getSimpleName());
        }
        return log.apply(given);
    }
}
