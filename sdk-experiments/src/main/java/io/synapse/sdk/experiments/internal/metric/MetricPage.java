package io.synapse.sdk.experiments.internal.metric;

import java.util.OptionalLong;

/**
 * Some consecutive points of one metric of a run. The arrays are not to be changed.
 *
 * @param rows in which they are, ascending
 * @param steps one for each row
 * @param values one for each row; some may be NaN or infinite
 * @param next the row to begin the next page with; none after the last point
 */
public record MetricPage(long[] rows, double[] steps, double[] values, OptionalLong next) {}
