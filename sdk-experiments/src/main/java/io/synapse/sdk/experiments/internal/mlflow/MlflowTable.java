package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be searched: runs or experiments, and which SQL has what is compared. */
enum MlflowTable {
    RUNS(
            "mlflow_run",
            Map.of(
                    "run_id", "t.uid",
                    "run_name", "t.name",
                    "run name", "t.name",
                    "Run name", "t.name",
                    "Run Name", "t.name",
                    "status", "t.status",
                    "user_id", "t.user",
                    "artifact_uri", "'mlflow-artifacts:/' || t.experiment || '/' || t.uid || '/artifacts'"),
            Map.of(
                    "start_time", "t.start_time",
                    "created", "t.start_time",
                    "Created", "t.start_time",
                    "end_time", "t.end_time"),
            Set.of("metric", "param", "tag"),
            List.of("t.start_time", "t.run")),
    EXPERIMENTS(
            "mlflow_experiment",
            Map.of("name", "t.name"),
            Map.of(
                    "experiment_id", "t.id",
                    "creation_time", "t.created_at",
                    "last_update_time", "t.updated_at"),
            Set.of("tag"),
            List.of("t.updated_at", "t.id"));

    private final String table;
    private final Map<String, String> texts;
    private final Map<String, String> numbers;
    private final Set<String> kinds;
    private final List<String> ages;

    MlflowTable(
            String table,
            Map<String, String> texts,
            Map<String, String> numbers,
            Set<String> kinds,
            List<String> ages) {
        this.table = table;
        this.texts = texts;
        this.numbers = numbers;
        this.kinds = kinds;
        this.ages = ages;
    }

    /** Its name; in queries it is called {@code t}. */
    String table() {
        return table;
    }

    /** The expressions whose greatest values the newest has; no two rows share the last of them. */
    List<String> ages() {
        return ages;
    }

    /**
     * The kind of a term in one word.
     *
     * @throws Failure when there is no such kind here: 400
     */
    String kind(MlflowFilter.Term term) {
        String kind = switch (term.kind()) {
            case "", "attribute", "attributes", "attr", "run" -> "attribute";
            case "metric", "metrics" -> "metric";
            case "param", "params", "parameter", "parameters" -> "param";
            case "tag", "tags" -> "tag";
            default -> term.kind();
        };
        if (!kind.equals("attribute") && !kinds.contains(kind)) {
            throw Failure.badRequest("Invalid entity type '" + kind + "'. Valid values are attribute, "
                    + String.join(", ", kinds.stream().sorted().toList()));
        }
        return kind;
    }

    boolean isNumber(String attribute) {
        return numbers.containsKey(attribute);
    }

    /**
     * The expression of an attribute.
     *
     * @throws Failure when there is none of that name: 400
     */
    String attribute(String key) {
        String expression = numbers.getOrDefault(key, texts.get(key));
        if (expression == null) {
            throw Failure.badRequest("Invalid attribute key '" + key + "' specified.");
        }
        return expression;
    }
}
