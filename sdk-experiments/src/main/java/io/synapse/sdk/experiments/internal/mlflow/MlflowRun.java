package io.synapse.sdk.experiments.internal.mlflow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as MLflow's clients see it.
 *
 * @param run the number of its record
 * @param status MLflow's word, for instance {@code FINISHED}
 */
public record MlflowRun(
        String uid,
        long run,
        long experiment,
        String name,
        String user,
        String status,
        long startTime,
        @Nullable Long endTime,
        Map<String, String> params,
        Map<String, String> tags) {}
