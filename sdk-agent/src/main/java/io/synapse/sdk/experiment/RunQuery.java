package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which runs of a project to list, and how. Immutable: each setter returns a modified copy.
 *
 * <p>A server of this project sorts and pages. The original sends all runs at once; the client sorts them.
 */
public final class RunQuery extends ValueObject {
    private static final int MAX_PAGE_SIZE = 1000;
    private static final Key<String> PROJECT = new Key<>("project", "");
    private static final Key<@Nullable String> METRIC = Key.of("metric");
    private static final Key<MetricSummary> SUMMARY = new Key<>("summary", MetricSummary.FINAL);
    private static final Key<Boolean> DESCENDING = new Key<>("descending", false);
    private static final Key<List<String>> COLUMNS = new Key<>("columns", List.of());
    private static final Key<Integer> PAGE_SIZE = new Key<>("pageSize", 100);

    private RunQuery(Attributes attributes) {
        super(attributes);
    }

    /**
     * All runs of a project, in the order of the server.
     *
     * @throws BadRequestException when it is not a valid name
     */
    public static RunQuery of(String project) {
        return new RunQuery(Attributes.NONE.with(PROJECT, ExperimentNames.check("project", project)));
    }

    /** The project. */
    public String project() {
        return attributes.get(PROJECT);
    }

    /** The metric by which to sort; null for the order of the server. */
    public @Nullable String metric() {
        return attributes.get(METRIC);
    }

    /** Which value of the metric counts; the last one by default. */
    public MetricSummary summary() {
        return attributes.get(SUMMARY);
    }

    /** Sorts by a metric, the smallest value first; runs without a value of it come last. */
    public RunQuery sortBy(String metric, MetricSummary summary) {
        return new RunQuery(attributes.with(METRIC, metric).with(SUMMARY, summary));
    }

    /** Whether the largest value comes first. */
    public boolean isDescending() {
        return attributes.get(DESCENDING);
    }

    /** Has the largest value come first. */
    public RunQuery descending() {
        return new RunQuery(attributes.with(DESCENDING, true));
    }

    /** The metrics and hyperparameters to send; empty for all. */
    public List<String> columns() {
        return attributes.get(COLUMNS);
    }

    /** Limits what a server of this project sends of each run to these metrics and hyperparameters. */
    public RunQuery columns(List<String> names) {
        return new RunQuery(attributes.with(COLUMNS, names));
    }

    /** The number of runs that are fetched at a time; 100 by default. */
    public int pageSize() {
        return attributes.get(PAGE_SIZE);
    }

    /**
     * Sets the number of runs that are fetched at a time.
     *
     * @throws BadRequestException when it is not from 1 to 1000
     */
    public RunQuery pageSize(int runs) {
        if (runs < 1 || runs > MAX_PAGE_SIZE) {
            throw BadRequestException.refused("a page has from 1 to " + MAX_PAGE_SIZE + " runs, not " + runs);
        }
        return new RunQuery(attributes.with(PAGE_SIZE, runs));
    }
}
