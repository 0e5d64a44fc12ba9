package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which nodes, tasks or actors to list, and how much of each. Immutable: each method gives a changed copy.
 *
 * <pre>{@code
 * StateQuery failed = StateQuery.where(StateFilter.equal("state", TaskState.FAILED)).detail(true);
 * }</pre>
 *
 * @param filters what they must be like, all of it; none for all there are
 * @param limit how many at most, 1 to 10,000; as many as Ray gives, 10,000, unless said otherwise (its own clients ask
 *     for 100)
 * @param detail whether to fill the fields that Ray gives on request only: times, required resources, error messages
 *     and others; not unless said otherwise
 * @param timeout how long the dashboard may take, in whole seconds (a fraction counts as one more); 30 s unless said
 *     otherwise. Sources that do not answer in four fifths of it are left out, with a warning
 * @param excludeDriver whether to leave out the tasks that are a job's driver, not started by one; they are left out
 *     unless said otherwise. Means nothing for nodes and actors
 */
public record StateQuery(
        List<StateFilter> filters, int limit, boolean detail, Duration timeout, boolean excludeDriver) {
    /** The most that Ray gives in one answer. */
    public static final int MAX_LIMIT = 10_000;

    /** Everything, as much as Ray gives. */
    public static final StateQuery ALL = new StateQuery(List.of(), MAX_LIMIT, false, Duration.ofSeconds(30), true);

    /**
     * Checks the ranges.
     *
     * @throws BadRequestException when the limit is not from 1 to 10,000, or the timeout is not positive
     */
    public StateQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw BadRequestException.refused("the limit is from 1 to " + MAX_LIMIT + ", not " + limit);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw BadRequestException.refused("the timeout must be positive, not " + timeout);
        }
        filters = Copies.of(filters);
    }

    /** Those that pass all of these filters. */
    public static StateQuery where(StateFilter... filters) {
        return new StateQuery(List.of(filters), ALL.limit, ALL.detail, ALL.timeout, ALL.excludeDriver);
    }

    /** The same with one more filter to pass. */
    public StateQuery and(StateFilter filter) {
        List<StateFilter> more =
                Stream.concat(filters.stream(), Stream.of(filter)).toList();
        return new StateQuery(more, limit, detail, timeout, excludeDriver);
    }

    /**
     * The same, but so many at most.
     *
     * @throws BadRequestException when it is not from 1 to 10,000
     */
    public StateQuery limit(int most) {
        return new StateQuery(filters, most, detail, timeout, excludeDriver);
    }

    /** The same with all fields, or with those that cost Ray little. */
    public StateQuery detail(boolean allFields) {
        return new StateQuery(filters, limit, allFields, timeout, excludeDriver);
    }

    /**
     * The same with this time for the dashboard.
     *
     * @throws BadRequestException when it is not positive
     */
    public StateQuery timeout(Duration time) {
        return new StateQuery(filters, limit, detail, time, excludeDriver);
    }

    /** The same without drivers among the tasks, or with them. */
    public StateQuery excludeDriver(boolean exclude) {
        return new StateQuery(filters, limit, detail, timeout, exclude);
    }
}
