package io.synapse.sdk.internal.tail;

import io.synapse.sdk.LogEndpoint;
import java.util.function.Function;

/** A log that waits for a dialect to be named in. */
public record SpokenLog(Class<?> dialect, Function<Object, LogEndpoint> words) implements LogEndpoint {
    /** The log in the words of the given dialect. */
    public LogEndpoint in(Object given) {
        if (!dialect.isInstance(given)) {
            throw new IllegalStateException("this client does not speak " + dialect.getSimpleName());
        }
        return words.apply(given);
    }
}
