package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Selects the nodes, tasks or actors to list, and their fields. Immutable: each setter returns a modified copy.
 *
 * <pre>{@code
 * StateQuery failed = StateQuery.where(StateFilter.equal("state", TaskState.FAILED)).detail(true);
 * }</pre>
 */
public final class StateQuery extends ValueObject {
    /** The largest number of resources in one response of Ray. */
    public static final int MAX_LIMIT = 10_000;

    private static final Key<List<StateFilter>> FILTERS = new Key<>("filters", List.of());
    private static final Key<Integer> LIMIT = new Key<>("limit", MAX_LIMIT);
    private static final Key<Boolean> DETAIL = new Key<>("detail", false);
    private static final Key<Duration> TIMEOUT = new Key<>("timeout", Duration.ofSeconds(30));
    private static final Key<Boolean> EXCLUDE_DRIVER = new Key<>("excludeDriver", true);

    /** All resources, up to {@link #MAX_LIMIT}. */
    public static final StateQuery ALL = new StateQuery(Attributes.NONE);

    private StateQuery(Attributes attributes) {
        super(attributes);
        if (limit() < 1 || limit() > MAX_LIMIT) {
            throw BadRequestException.refused("the limit is from 1 to " + MAX_LIMIT + ", not " + limit());
        }
        if (timeout().isNegative() || timeout().isZero()) {
            throw BadRequestException.refused("the timeout must be positive, not " + timeout());
        }
    }

    /** The resources that match all of these filters. */
    public static StateQuery where(StateFilter... filters) {
        return new StateQuery(Attributes.NONE.with(FILTERS, List.of(filters)));
    }

    /** The filters, all of which must match; none by default. */
    public List<StateFilter> filters() {
        return attributes.get(FILTERS);
    }

    /** Adds a filter. */
    public StateQuery and(StateFilter filter) {
        return new StateQuery(attributes.with(
                FILTERS, Stream.concat(filters().stream(), Stream.of(filter)).toList()));
    }

    /** The largest number of results; 10,000 by default (100 in Ray's own clients). */
    public int limit() {
        return attributes.get(LIMIT);
    }

    /**
     * Sets the largest number of results.
     *
     * @throws BadRequestException when it is not from 1 to 10,000
     */
    public StateQuery limit(int most) {
        return new StateQuery(attributes.with(LIMIT, most));
    }

    /**
     * Whether to include the fields that Ray sends only on request: times, required resources, error messages and
     * others; false by default.
     */
    public boolean detail() {
        return attributes.get(DETAIL);
    }

    /** Sets whether to include the fields that Ray sends only on request. */
    public StateQuery detail(boolean allFields) {
        return new StateQuery(attributes.with(DETAIL, allFields));
    }

    /**
     * The time limit of the dashboard, rounded up to seconds; 30 s by default. Sources that do not respond within four
     * fifths of it are skipped, with a warning.
     */
    public Duration timeout() {
        return attributes.get(TIMEOUT);
    }

    /**
     * Sets the time limit of the dashboard. A limit above 30 s makes the call timeout of the query 30 s longer than
     * that, in place of the client's.
     *
     * @throws BadRequestException when it is not positive
     */
    public StateQuery timeout(Duration time) {
        return new StateQuery(attributes.with(TIMEOUT, time));
    }

    /** Whether to exclude the tasks that are drivers of jobs; true by default. Has no effect on nodes and actors. */
    public boolean excludeDriver() {
        return attributes.get(EXCLUDE_DRIVER);
    }

    /** Sets whether to exclude the tasks that are drivers of jobs. */
    public StateQuery excludeDriver(boolean exclude) {
        return new StateQuery(attributes.with(EXCLUDE_DRIVER, exclude));
    }
}
