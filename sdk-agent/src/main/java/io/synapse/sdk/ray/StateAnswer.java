package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;

/**
 * What Ray's state API answers: a result, and how much of the truth it is. Ray gives no guarantee: it looks at 10,000 of
 * a kind at most, forgets tasks when there are many, and goes on without sources that do not answer. Look at
 * {@link #isComplete()} before you count. Immutable.
 *
 * @param result the nodes, tasks or actors, in the order of their ids; or the summary of them
 * @param total how many there are, as far as Ray knows; of tasks, those that it has dropped already count too
 * @param numAfterTruncation how many of these it looked at
 * @param numFiltered how many of those it looked at pass the filters
 * @param isTruncated whether the answer is cut: by the limit of the query, or since Ray did not look at all there are
 * @param warnings what else may be missing, and why, in Ray's words; empty when nothing is known to be
 * @param <T> what the result is
 */
public record StateAnswer<T>(
        T result, long total, long numAfterTruncation, long numFiltered, boolean isTruncated, List<String> warnings) {
    /** Keeps a copy of the warnings. */
    public StateAnswer {
        warnings = Copies.of(warnings);
    }

    /** Whether nothing is cut and nothing is warned of. */
    public boolean isComplete() {
        return !isTruncated && warnings.isEmpty();
    }
}
