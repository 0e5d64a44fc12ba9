package io.synapse.sdk.experiments.internal.metric;

import java.util.List;
import java.util.Locale;

/** Which values of a metric are better, by its name (wire/experiments.md, section 2). */
public enum Direction {
    SMALLER_IS_BETTER,
    LARGER_IS_BETTER;

    private static final List<String> OF_SMALLER = List.of("loss", "error", "mse", "mae", "rmse", "time", "size");

    /** That of a metric of this name. */
    public static Direction of(String metric) {
        String name = metric.toLowerCase(Locale.ROOT);
        return OF_SMALLER.stream().anyMatch(name::contains) ? SMALLER_IS_BETTER : LARGER_IS_BETTER;
    }
}
