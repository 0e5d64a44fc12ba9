package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.internal.MetricValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the best runs of a project. Immutable.
 *
 * @param runName the run
 * @param isParetoOptimal whether no other run surpasses it in all objectives
 * @param dominatedByCount the number of runs that surpass it in all objectives
 * @param dominatesCount the number of runs that it surpasses in all objectives
 * @param objectiveValues the value of each objective
 * @param rank its rank, 1 for the best
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Recommendation(
        @Nullable String runName,
        @Nullable Boolean isParetoOptimal,
        @Nullable Integer dominatedByCount,
        @Nullable Integer dominatesCount,
        Map<String, Double> objectiveValues,
        @Nullable Integer rank,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public Recommendation {
        objectiveValues = MetricValues.withNotFinite(objectiveValues, additionalProperties, "objective_values");
        objectiveValues = Copies.of(objectiveValues);
        additionalProperties = MetricValues.unread(additionalProperties, "objective_values");
    }
}
