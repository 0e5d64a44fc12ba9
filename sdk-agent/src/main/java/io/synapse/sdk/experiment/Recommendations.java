package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The best runs of a project. Immutable.
 *
 * @param project the project
 * @param totalRuns the number of its runs
 * @param autoSelectedObjectives the metrics that the server chose as objectives
 * @param paretoOptimalCount the number of runs that no other one surpasses in all objectives
 * @param topRecommendations the best runs of a summary, the best one first
 * @param recommendations the best runs, the best one first
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Recommendations(
        @Nullable String project,
        @Nullable Long totalRuns,
        List<String> autoSelectedObjectives,
        @Nullable Integer paretoOptimalCount,
        List<Recommendation> topRecommendations,
        List<Recommendation> recommendations,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public Recommendations {
        autoSelectedObjectives = Copies.of(autoSelectedObjectives);
        topRecommendations = Copies.of(topRecommendations);
        recommendations = Copies.of(recommendations);
        additionalProperties = Copies.of(additionalProperties);
    }
}
