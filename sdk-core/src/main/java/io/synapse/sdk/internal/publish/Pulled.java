package io.synapse.sdk.internal.publish;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What is read element by element, on the thread that reads. Closed by any thread, which ends the reading.
 *
 * @param <T> the elements
 * @param <R> what is known at the end
 */
public interface Pulled<T, R extends @Nullable Object> {
    /** The elements; to be called once. */
    Iterator<T> iterator();

    /** What is known once all elements were read. */
    R result();

    /** Ends the reading. */
    void close();
}
