package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to find the best runs of a project. Immutable: each setter returns a modified copy. */
public final class RecommendationRequest extends ValueObject {
    private static final Key<String> PROJECT = new Key<>("project", "");
    private static final Key<List<String>> OBJECTIVES = new Key<>("objectives", List.of());
    private static final Key<@Nullable RecommendationStrategy> STRATEGY = Key.of("strategy");
    private static final Key<@Nullable Integer> TOP_K = Key.of("top_k");

    private RecommendationRequest(Attributes attributes) {
        super(attributes);
    }

    /**
     * The best runs by these metrics. Smaller is better if the name of a metric has loss, error, mse, mae, rmse, time or
     * size in it.
     *
     * @throws BadRequestException when the project is not a valid name, or there is no metric
     */
    public static RecommendationRequest of(String project, List<String> objectives) {
        if (objectives.isEmpty()) {
            throw BadRequestException.refused("the best runs are found by at least one metric");
        }
        return new RecommendationRequest(Attributes.NONE
                .with(PROJECT, ExperimentNames.check("project", project))
                .with(OBJECTIVES, objectives));
    }

    /** Sets how they are found; by default the server chooses. The original fails with {@code rank}. */
    public RecommendationRequest strategy(RecommendationStrategy strategy) {
        return new RecommendationRequest(attributes.with(STRATEGY, strategy));
    }

    /**
     * Sets how many to find.
     *
     * @throws BadRequestException when it is less than 1
     */
    public RecommendationRequest topK(int runs) {
        if (runs < 1) {
            throw BadRequestException.refused("at least 1 run is to be found, not " + runs);
        }
        return new RecommendationRequest(attributes.with(TOP_K, runs));
    }

    /** The fields that were set, by the names of the server. */
    public Map<String, @Nullable Object> properties() {
        return attributes.asMap();
    }
}
