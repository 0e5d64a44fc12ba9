package io.synapse.sdk.experiments.internal.http;

import io.synapse.sdk.experiments.internal.mlflow.MlflowExperiment;
import io.synapse.sdk.experiments.internal.mlflow.MlflowPoint;
import io.synapse.sdk.experiments.internal.mlflow.MlflowRun;
import io.synapse.sdk.experiments.internal.mlflow.MlflowSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Experiments and runs as MLflow's clients get them. */
final class MlflowDocuments {
    private static final String ARTIFACTS = "mlflow-artifacts:/";

    private MlflowDocuments() {}

    static Map<String, Object> experiment(MlflowExperiment experiment) {
        return Map.of(
                "experiment_id", Long.toString(experiment.id()),
                "name", experiment.name(),
                "artifact_location", ARTIFACTS + experiment.id(),
                "lifecycle_stage", stage(experiment.isDeleted()),
                "creation_time", experiment.createdAt(),
                "last_update_time", experiment.updatedAt(),
                "tags", pairs(experiment.tags()));
    }

    static Map<String, Object> point(MlflowPoint point) {
        return Map.of("key", point.key(), "value", point.value(), "timestamp", point.timestamp(), "step", point.step());
    }

    static Map<String, Object> run(MlflowRun run, List<MlflowPoint> newest) {
        Map<String, Object> data = Map.of(
                "metrics", newest.stream().map(MlflowDocuments::point).toList(),
                "params", pairs(run.params()),
                "tags", pairs(run.tags()));
        return Map.of("info", info(run), "data", data, "inputs", Map.of("dataset_inputs", run.datasets()));
    }

    static Map<String, Object> info(MlflowRun run) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("run_id", run.uid());
        info.put("run_uuid", run.uid());
        info.put("run_name", run.name());
        info.put("experiment_id", Long.toString(run.experiment()));
        info.put("user_id", run.user());
        info.put("status", run.status());
        info.put("start_time", run.startTime());
        if (run.endTime() != null) {
            info.put("end_time", run.endTime());
        }
        info.put("artifact_uri", artifactUri(run));
        info.put("lifecycle_stage", stage(run.isDeleted()));
        return info;
    }

    /** What was found by a search, under this name. */
    static <T> Map<String, Object> page(
            String name, MlflowSearch.Page<T> page, Function<T, Map<String, Object>> document) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(name, page.items().stream().map(document).toList());
        if (page.nextToken() != null) {
            answer.put("next_page_token", page.nextToken());
        }
        return answer;
    }

    static String artifactUri(MlflowRun run) {
        return ARTIFACTS + run.artifactFolder();
    }

    private static String stage(boolean isDeleted) {
        return isDeleted ? "deleted" : "active";
    }

    private static List<Map<String, String>> pairs(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> Map.of("key", text.getKey(), "value", text.getValue()))
                .toList();
    }
}
