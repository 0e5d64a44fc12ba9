package io.synapse.sdk;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a longer list, as the server cut it. Immutable.
 *
 * @param count how many items there are on all pages together
 * @param next where the next page is, or null on the last one
 * @param previous where the page before is, or null on the first one
 * @param results the items of this page, in the server's order
 * @param <T> what the items are
 */
public record Page<T>(
        long count, @Nullable URI next, @Nullable URI previous, List<T> results) {
    /** Takes a page as the server gave it; an absent list counts as empty. */
    @SuppressWarnings("NullAway") // a server may leave the list out
    public Page {
        results = results == null ? List.of() : List.copyOf(results);
    }
}
