package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which curves to fetch. Immutable: each setter returns a modified copy. */
public final class CurveQuery extends ValueObject {
    private static final int MIN_POINTS = 3;
    private static final Key<List<RunKey>> RUNS = new Key<>("runs", List.of());
    private static final Key<List<String>> METRICS = new Key<>("metrics", List.of());
    private static final Key<Integer> POINTS = new Key<>("points", 1000);
    private static final Key<@Nullable Double> FROM = Key.of("from");
    private static final Key<@Nullable Double> TO = Key.of("to");

    private CurveQuery(Attributes attributes) {
        super(attributes);
    }

    /**
     * The curves of these metrics of these runs.
     *
     * @throws BadRequestException when there is no run or no metric
     */
    public static CurveQuery of(List<RunKey> runs, List<String> metrics) {
        if (runs.isEmpty() || metrics.isEmpty()) {
            throw BadRequestException.refused("curves need at least one run and one metric");
        }
        return new CurveQuery(Attributes.NONE.with(RUNS, runs).with(METRICS, metrics));
    }

    /** The runs. */
    public List<RunKey> runs() {
        return attributes.get(RUNS);
    }

    /** The metrics. */
    public List<String> metrics() {
        return attributes.get(METRICS);
    }

    /** The largest number of points of a curve; 1000 by default. */
    public int points() {
        return attributes.get(POINTS);
    }

    /**
     * Sets the largest number of points of a curve. A longer one is thinned out so that its shape stays: its first and
     * last point and its peaks are kept.
     *
     * @throws BadRequestException when it is less than 3
     */
    public CurveQuery points(int most) {
        if (most < MIN_POINTS) {
            throw BadRequestException.refused("a curve has at least " + MIN_POINTS + " points, not " + most);
        }
        return new CurveQuery(attributes.with(POINTS, most));
    }

    /** The first step; null for the beginning. */
    public @Nullable Double from() {
        return attributes.get(FROM);
    }

    /** Sets the first step. */
    public CurveQuery from(double step) {
        return new CurveQuery(attributes.with(FROM, step));
    }

    /** The last step; null for the end. */
    public @Nullable Double to() {
        return attributes.get(TO);
    }

    /** Sets the last step. */
    public CurveQuery to(double step) {
        return new CurveQuery(attributes.with(TO, step));
    }
}
