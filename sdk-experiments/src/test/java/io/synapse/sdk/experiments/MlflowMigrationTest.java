package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.embedded.internal.Database;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.metric.MetricStore;
import io.synapse.sdk.experiments.internal.metric.RowBlock;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records of a server whose schema had version 3. */
class MlflowMigrationTest {
    private static final long TIME = 1_000_000;

    @TempDir
    Path data;

    @Test
    void runsOfMlflowsClientsAreThereAsTheyWere() throws Exception {
        Database.Schema old = new Database.Schema("experiment server", 3, EmbeddedExperiments.class, "");
        try (Database database = Database.open(data.resolve("experiments.db"), old)) {
            database.jdbi().useTransaction(MlflowMigrationTest::logRun);
        }

        try (EmbeddedExperiments server =
                EmbeddedExperiments.builder().dataDirectory(data).start()) {
            Caller caller = new Caller(server);
            String experiment = caller.ok(caller.get("/api/2.0/mlflow/experiments/get-by-name?experiment_name=demo"))
                    .at("/experiment/experiment_id")
                    .asText();
            JsonNode found = caller.ok(caller.post(
                            "/api/2.0/mlflow/runs/search",
                            Map.of("experiment_ids", List.of(experiment), "filter", "metrics.loss = 0.25")))
                    .path("runs");
            assertThat(found.findValuesAsText("run_name")).containsExactly("first");
            assertThat(found.at("/0/info/experiment_id").asText()).isEqualTo("7");
            assertThat(found.at("/0/data/params/0/value").asText()).isEqualTo("0.1");
            assertThat(found.at("/0/data/metrics")).isEqualTo(Json.tree("""
                            [{"key": "loss", "value": 0.25, "timestamp": 1000002, "step": 2},
                             {"key": "odd", "value": "NaN", "timestamp": 1000002, "step": 1}]"""));
            JsonNode history = caller.ok(
                    caller.get("/api/2.0/mlflow/metrics/get-history?run_id=r1&metric_key=loss&max_results=10"));
            assertThat(history.path("metrics").findValuesAsText("timestamp"))
                    .containsExactly("1000000", "1000001", "1000002");
            assertThat(history.path("metrics").findValuesAsText("value")).containsExactly("1.0", "0.5", "0.25");
        }
    }

    private static void logRun(Handle transaction) {
        MetricStore metrics = new MetricStore();
        transaction.execute("INSERT INTO mlflow_experiment (id, project, created_at) VALUES (7, 'demo', 1)");
        transaction.execute("INSERT INTO run (id, project, name, source, status, updated_at, changed_running, columns)"
                + " VALUES (3, 'demo', 'first', 'MLFLOW', 'running', 1, 0, '[\"step\",\"loss\",\"odd\"]')");
        transaction.execute("INSERT INTO mlflow_run (uid, run, user, status, start_time, params)"
                + " VALUES ('r1', 3, 'u', 'RUNNING', 1, '{\"lr\":\"0.1\"}')");
        double[][] values = {{1, 0.5, 0.25}};
        metrics.append(transaction, 3, new RowBlock(List.of("loss"), new double[] {0, 1, 2}, values));
        metrics.append(transaction, 3, new RowBlock(List.of("odd"), new double[] {1}, new double[][] {{Double.NaN}}));
        metrics.summarize(transaction, 3);
        for (int row = 0; row < 4; row++) {
            transaction.execute(
                    "INSERT INTO mlflow_point (run, hash, row, time) VALUES (3, ?, ?, ?)",
                    new byte[] {(byte) row},
                    row,
                    TIME + Math.min(row, 2));
        }
    }
}
