package io.synapse.sdk.experiment;

import io.synapse.sdk.Operation;
import io.synapse.sdk.Page;
import io.synapse.sdk.PagedList;
import io.synapse.sdk.Performer;
import io.synapse.sdk.experiment.internal.ExperimentDialect;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A list in pages, as a value.
 *
 * @param page the page at a link, or the first one for null
 */
record Pages<T>(BiFunction<ExperimentDialect, @Nullable URI, Operation<Page<T>>> page) {
    /** The list, whose pages a blocking client fetches one by one. */
    PagedList<T> on(Performer client) {
        return new PagedList<>(client, at(null), this::at);
    }

    /** All items. */
    Operation<List<T>> collected() {
        return PagedList.collect(at(null), this::at);
    }

    private Operation<Page<T>> at(@Nullable URI link) {
        return ExperimentProtocol.with(dialect -> page.apply(dialect, link));
    }
}
