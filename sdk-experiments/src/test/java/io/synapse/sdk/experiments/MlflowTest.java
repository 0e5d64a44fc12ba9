package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client of MLflow's REST sends for a run (wire/experiments.md, section 11). */
class MlflowTest {
    @TempDir
    Path data;

    private EmbeddedExperiments server;
    private Caller caller;
    private String experiment;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
        experiment = caller.ok(post("experiments/create", Map.of("name", "demo")))
                .path("experiment_id")
                .asText();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPointThatIsSentAgainIsThereOnceAndTheRunIsOneOfTheProject() throws Exception {
        String run = create("first");
        for (int time = 0; time < 3; time++) {
            for (int step = 0; step < 5; step++) {
                caller.ok(metric(run, "loss", 1.0 / (step + 1), step));
            }
            caller.ok(metric(run, "loss", "NaN", 5));
            caller.ok(post("runs/log-parameter", Map.of("run_id", run, "key", "lr", "value", "0.1")));
        }
        caller.ok(post("runs/update", Map.of("run_id", run, "status", "FINISHED", "end_time", 2_000_000L)));

        JsonNode history = caller.ok(get("metrics/get-history?run_id=" + run + "&metric_key=loss&max_results=25000"));
        assertThat(history.path("metrics")).hasSize(6);
        assertThat(history.path("metrics").path(5).path("value").asText()).isEqualTo("NaN");
        assertThat(history.path("metrics").path(4).path("timestamp").asLong()).isEqualTo(1_000_004);
        JsonNode page = caller.ok(caller.get("/api/projects/demo/experiments"))
                .path("data")
                .path("experiments");
        assertThat(page.path(0).path("status").asText()).isEqualTo("completed");
        assertThat(page.path(0).path("hyperparameters").path("lr").asDouble()).isEqualTo(0.1);
        assertThat(page.path(0).path("min_metrics").path("loss").asDouble()).isEqualTo(0.2);
        assertThat(page.path(0).path("total_steps").asInt()).isEqualTo(6);
    }

    @Test
    void aParameterNeverChangesAndABatchIsTakenAsAWholeOrNotAtAll() throws Exception {
        String run = create("first");
        List<Map<String, Object>> metrics = new ArrayList<>();
        for (String key : List.of("loss", "acc")) {
            metrics.add(Map.of("key", key, "value", 0.5, "timestamp", 1, "step", 7));
        }
        Map<String, Object> lr = Map.of("key", "lr", "value", "0.1");
        caller.ok(post("runs/log-batch", Map.of("run_id", run, "metrics", metrics, "params", List.of(lr))));
        HttpResponse<String> refused = post(
                "runs/log-batch",
                Map.of(
                        "run_id", run,
                        "metrics", List.of(Map.of("key", "late", "value", 1, "timestamp", 1, "step", 1)),
                        "params", List.of(Map.of("key", "lr", "value", "0.2"))));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Json.tree(refused.body()).path("error_code").asText()).isEqualTo("INVALID_PARAMETER_VALUE");
        JsonNode data = caller.ok(get("runs/get?run_id=" + run)).path("run").path("data");
        assertThat(data.path("metrics").findValuesAsText("key")).containsExactly("loss", "acc");
        assertThat(data.path("params").path(0).path("value").asText()).isEqualTo("0.1");
        assertThat(caller.ok(caller.get("/api/metrics/demo/first")).path("data").path("data"))
                .as("metrics of one step share a row")
                .hasSize(1);
    }

    @Test
    void searchesFilterAndSortAndRefuseWhatTheyCannotRead() throws Exception {
        for (int number = 1; number <= 3; number++) {
            String run = create("run" + number);
            caller.ok(metric(run, "loss", number, 0));
            caller.ok(post("runs/set-tag", Map.of("run_id", run, "key", "team", "value", number < 3 ? "ann" : "bob")));
        }
        assertThat(search("metrics.loss > 1 and tags.team = 'ann'")).containsExactly("run2");
        assertThat(search("tags.\"team\" like 'a%'")).containsExactly("run2", "run1");
        assertThat(search("attributes.run_name != 'run2'")).containsExactly("run3", "run1");
        assertThat(search("metrics.none < 1")).isEmpty();
        assertThat(search("")).containsExactly("run3", "run2", "run1");
        for (String filter : List.of("metrics.loss in (1)", "loss", "metrics.loss > 1 or metrics.loss < 0", "a = 'x")) {
            assertThat(post("runs/search", Map.of("experiment_ids", List.of(experiment), "filter", filter))
                            .statusCode())
                    .as(filter)
                    .isEqualTo(400);
        }
    }

    @Test
    void whatIsUnknownOrCannotBeANameIsRefusedInTheFormOfMlflow() throws Exception {
        HttpResponse<String> unknown = get("experiments/get-by-name?experiment_name=none");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Json.tree(unknown.body()).path("error_code").asText()).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(post("experiments/create", Map.of("name", "demo")).body()).contains("RESOURCE_ALREADY_EXISTS");
        assertThat(post("experiments/create", Map.of("name", "../esc")).statusCode())
                .isEqualTo(400);
        assertThat(post("runs/create", Map.of("experiment_id", experiment, "run_name", "a/b"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(metric("none", "loss", 1, 0).statusCode()).isEqualTo(404);
        String path = "/api/2.0/mlflow-artifacts/artifacts/";
        assertThat(put(path + "1/r/a.txt").statusCode()).isEqualTo(200);
        assertThat(caller.get(path + "1/r/a.txt").body()).isEqualTo("content");
        assertThat(put(path + "1/%2e%2e%2fesc.txt").statusCode()).isEqualTo(400);
        assertThat(data.resolve("artifacts/esc.txt")).doesNotExist();
    }

    private String create(String name) throws Exception {
        return caller.ok(post(
                        "runs/create",
                        Map.of(
                                "experiment_id",
                                experiment,
                                "user_id",
                                "u",
                                "run_name",
                                name,
                                "start_time",
                                1_000_000L)))
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
    }

    private HttpResponse<String> metric(String run, String key, Object value, int step) throws Exception {
        return post(
                "runs/log-metric",
                Map.of("run_id", run, "key", key, "value", value, "timestamp", 1_000_000L + step, "step", step));
    }

    private List<String> search(String filter) throws Exception {
        return caller.ok(post("runs/search", Map.of("experiment_ids", List.of(experiment), "filter", filter)))
                .path("runs")
                .findValuesAsText("run_name");
    }

    private HttpResponse<String> put(String path) throws IOException, InterruptedException {
        return caller.send(
                caller.request(path).PUT(BodyPublishers.ofString("content")).build());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return caller.get("/api/2.0/mlflow/" + path);
    }

    private HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return caller.post("/api/2.0/mlflow/" + path, body);
    }
}
