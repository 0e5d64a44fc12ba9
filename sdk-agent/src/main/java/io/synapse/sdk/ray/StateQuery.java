package io.synapse.sdk.ray;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which nodes, tasks or actors to list, and how much of each. Immutable: each method that changes something returns a
 * changed copy.
 *
 * <pre>{@code
 * StateQuery failed = StateQuery.where(StateFilter.equal("state", TaskState.FAILED)).detail(true);
 * }</pre>
 */
public final class StateQuery extends ValueObject {
    /** The most that Ray gives in one answer. */
    public static final int MAX_LIMIT = 10_000;

    private static final Key<List<StateFilter>> FILTERS = new Key<>("filters", List.of());
    private static final Key<Integer> LIMIT = new Key<>("limit", MAX_LIMIT);
    private static final Key<Boolean> DETAIL = new Key<>("detail", false);
    private static final Key<Duration> TIMEOUT = new Key<>("timeout", Duration.ofSeconds(30));
    private static final Key<Boolean> EXCLUDE_DRIVER = new Key<>("excludeDriver", true);

    /** Everything, as much as Ray gives. */
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

    /** Those that pass all of these filters. */
    public static StateQuery where(StateFilter... filters) {
        return new StateQuery(Attributes.NONE.with(FILTERS, List.of(filters)));
    }

    /** The filters to pass, all of them; none by default. */
    public List<StateFilter> filters() {
        return attributes.get(FILTERS);
    }

    /** Adds a filter to pass. */
    public StateQuery and(StateFilter filter) {
        return new StateQuery(attributes.with(
                FILTERS, Stream.concat(filters().stream(), Stream.of(filter)).toList()));
    }

    /** How many to list at the most; 10,000 by default, while Ray's own clients ask for 100. */
    public int limit() {
        return attributes.get(LIMIT);
    }

    /**
     * Sets how many to list at the most.
     *
     * @throws BadRequestException when it is not from 1 to 10,000
     */
    public StateQuery limit(int most) {
        return new StateQuery(attributes.with(LIMIT, most));
    }

    /**
     * Whether to fill the fields that Ray gives on request only: times, required resources, error messages and others;
     * false by default.
     */
    public boolean detail() {
        return attributes.get(DETAIL);
    }

    /** Sets whether to fill the fields that Ray gives on request only. */
    public StateQuery detail(boolean allFields) {
        return new StateQuery(attributes.with(DETAIL, allFields));
    }

    /**
     * How long the dashboard may take, in whole seconds (a fraction counts as one more); 30 s by default. Sources that
     * do not answer in four fifths of it are left out, with a warning.
     */
    public Duration timeout() {
        return attributes.get(TIMEOUT);
    }

    /**
     * Sets how long the dashboard may take.
     *
     * @throws BadRequestException when it is not positive
     */
    public StateQuery timeout(Duration time) {
        return new StateQuery(attributes.with(TIMEOUT, time));
    }

    /**
     * Whether to leave out the tasks that are the driver of a job and were not started by one; true by default. Has no
     * effect on nodes and actors.
     */
    public boolean excludeDriver() {
        return attributes.get(EXCLUDE_DRIVER);
    }

    /** Sets whether to leave out the tasks that are the driver of a job. */
    public StateQuery excludeDriver(boolean exclude) {
        return new StateQuery(attributes.with(EXCLUDE_DRIVER, exclude));
    }
}
