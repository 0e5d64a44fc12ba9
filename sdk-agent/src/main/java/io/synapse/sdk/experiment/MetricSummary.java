package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * One number that stands for a whole curve. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record MetricSummary(String value) implements OpenEnum {
    /** The last value. */
    public static final MetricSummary FINAL = new MetricSummary("final");

    /** The smallest finite value. */
    public static final MetricSummary MIN = new MetricSummary("min");

    /** The largest finite value. */
    public static final MetricSummary MAX = new MetricSummary("max");

    /** The mean of the finite values. */
    public static final MetricSummary MEAN = new MetricSummary("mean");

    @Override
    public String toString() {
        return value;
    }
}
