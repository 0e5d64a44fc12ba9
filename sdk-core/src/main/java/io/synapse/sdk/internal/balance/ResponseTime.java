package io.synapse.sdk.internal.balance;

/**
 * A moving average of response times, in which the last ten or so count. It does not follow each peak, since a moment in
 * which this machine stands still makes all servers look slow. Not thread-safe.
 */
final class ResponseTime {
    private static final double WEIGHT_OF_LAST = 0.2;

    private double average;
    private boolean known;

    void observe(long nanos) {
        average = known ? average + WEIGHT_OF_LAST * (nanos - average) : nanos;
        known = true;
    }

    /** Whether there was a response. */
    boolean isKnown() {
        return known;
    }

    /** In nanoseconds; 0 before the first response. */
    double average() {
        return average;
    }
}
