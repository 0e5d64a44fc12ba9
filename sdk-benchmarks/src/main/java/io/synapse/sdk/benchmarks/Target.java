package io.synapse.sdk.benchmarks;

import java.math.BigDecimal;

/**
 * What a figure should be.
 *
 * @param kind in which sense
 * @param figure the limit; meaningless for {@link Kind#NONE}
 */
record Target(Kind kind, double figure) {
    /** There is no target: the figure is for comparison. */
    static final Target NONE = new Target(Kind.NONE, 0);

    /** In which sense. */
    enum Kind {
        /** So much or more. */
        AT_LEAST,
        /** So much or less. */
        AT_MOST,
        /** Anything. */
        NONE
    }

    static Target atLeast(double figure) {
        return new Target(Kind.AT_LEAST, figure);
    }

    static Target atMost(double figure) {
        return new Target(Kind.AT_MOST, figure);
    }

    boolean isMetBy(double value) {
        return switch (kind) {
            case AT_LEAST -> value >= figure;
            case AT_MOST -> value <= figure;
            case NONE -> true;
        };
    }

    @Override
    public String toString() {
        return switch (kind) {
            case AT_LEAST ->
                "≥ " + BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString() + "x";
            case AT_MOST ->
                "≤ " + BigDecimal.valueOf(figure).stripTrailingZeros().toPlainString() + "x";
            case NONE -> "";
        };
    }
}
