package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * How the best runs are found. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record RecommendationStrategy(String value) implements OpenEnum {
    /** Runs that no other run surpasses in all objectives. */
    public static final RecommendationStrategy PARETO = new RecommendationStrategy("pareto");

    /** By a rank over all objectives; the original answers it with an error. */
    public static final RecommendationStrategy RANK = new RecommendationStrategy("rank");

    @Override
    public String toString() {
        return value;
    }
}
