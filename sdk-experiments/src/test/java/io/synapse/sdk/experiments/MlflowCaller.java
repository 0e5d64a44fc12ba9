package io.synapse.sdk.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls a server as clients of MLflow do, with one experiment. */
final class MlflowCaller {
    private final Caller caller;
    private final String experiment;

    /** Makes the experiment {@code demo}. */
    MlflowCaller(Caller caller) throws IOException, InterruptedException {
        this.caller = caller;
        experiment = createExperiment("demo");
    }

    String experiment() {
        return experiment;
    }

    String createExperiment(String name) throws IOException, InterruptedException {
        return ok("experiments/create", Map.of("name", name))
                .path("experiment_id")
                .asText();
    }

    /** Makes a run; its id. */
    String create(String name) throws IOException, InterruptedException {
        Map<String, Object> body =
                Map.of("experiment_id", experiment, "user_id", "u", "run_name", name, "start_time", 1_000_000L);
        return ok("runs/create", body).path("run").path("info").path("run_id").asText();
    }

    static Map<String, Object> point(String key, Object value, long time, long step) {
        return Map.of("key", key, "value", value, "timestamp", time, "step", step);
    }

    HttpResponse<String> log(String run, Map<String, Object> point) throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>(point);
        body.put("run_id", run);
        return post("runs/log-metric", body);
    }

    HttpResponse<String> logBatch(String run, String list, List<?> items) throws IOException, InterruptedException {
        return post("runs/log-batch", Map.of("run_id", run, list, items));
    }

    JsonNode run(String run) throws IOException, InterruptedException {
        return ok("runs/get?run_id=" + run).path("run");
    }

    /** A page of runs. */
    JsonNode search(Map<String, Object> query) throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>(query);
        body.put("experiment_ids", List.of(experiment));
        return ok("runs/search", body);
    }

    List<String> names(String filter) throws IOException, InterruptedException {
        return search(Map.of("filter", filter)).path("runs").findValuesAsText("run_name");
    }

    JsonNode ok(String path) throws IOException, InterruptedException {
        return caller.ok(get(path));
    }

    JsonNode ok(String path, Object body) throws IOException, InterruptedException {
        return caller.ok(post(path, body));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return caller.get("/api/2.0/mlflow/" + path);
    }

    HttpResponse<String> post(String path, Object body) throws IOException, InterruptedException {
        return caller.post("/api/2.0/mlflow/" + path, body);
    }
}
