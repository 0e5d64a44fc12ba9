package io.synapse.sdk.experiments.internal.metric;

/**
 * Tells a row without a value of a metric from one whose value is NaN. Both are NaN as numbers; their bits differ. Values
 * that may be missing are therefore only copied, never computed with, before they were asked here.
 */
public final class Missing {
    private static final long BITS = 0x7ff8_0000_4e6f_6e65L;

    /** In place of a value that is missing. */
    public static final double VALUE = Double.longBitsToDouble(BITS);

    private Missing() {}

    /** Whether this stands for no value. */
    public static boolean is(double value) {
        return Double.doubleToRawLongBits(value) == BITS;
    }
}
