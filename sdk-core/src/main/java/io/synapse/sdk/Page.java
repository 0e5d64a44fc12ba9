package io.synapse.sdk;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Immutable.
 *
 * @param count the number of items on all pages together
 * @param next the link to the next page; null on the last one
 * @param previous the link to the previous page; null on the first one
 * @param results the items of this page, in the order of the server
 * @param <T> the type of the items
 */
public record Page<T>(
        long count, @Nullable URI next, @Nullable URI previous, List<T> results) {
    /** Copies the results; replaces an absent list by an empty one. */
    @SuppressWarnings("NullAway") // a server may omit the list
    public Page {
        results = results == null ? List.of() : List.copyOf(results);
    }
}
