package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;

/**
 * A response of Ray's state API: a result, and information about its completeness. Ray reads at most 10,000 resources
 * of a kind, drops tasks when there are many, and skips sources that do not respond. Check {@link #isComplete()} before
 * counting. Immutable.
 *
 * @param result the nodes, tasks or actors, in the order of their ids; or their summary
 * @param total the number of resources known to Ray, including tasks that it has dropped
 * @param numAfterTruncation the number of resources that Ray read
 * @param numFiltered the number of read resources that match the filters
 * @param isTruncated whether the result is truncated, by the limit of the query or because Ray did not read all
 *     resources
 * @param warnings Ray's warnings about other missing resources; empty if there are none
 * @param <T> the type of the result
 */
public record StateAnswer<T>(
        T result, long total, long numAfterTruncation, long numFiltered, boolean isTruncated, List<String> warnings) {
    /** Copies the warnings. */
    public StateAnswer {
        warnings = Copies.of(warnings);
    }

    /** Whether the result is not truncated and has no warnings. */
    public boolean isComplete() {
        return !isTruncated && warnings.isEmpty();
    }
}
