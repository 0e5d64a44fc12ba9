package io.synapse.sdk.benchmarks.contender.experiments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.benchmarks.contender.Token;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Times calls of MLflow's REST with the JDK's HTTP client, one after the other. Each server gets the same bytes but for the
 * ids that it has given itself, and a token, which MLflow does not look at.
 */
public final class TimeMlflow {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int METRICS = 10;

    /** With all metrics of each, as many as a request may have. */
    private static final int STEPS_OF_BATCH = 100;

    private static final int PARAMS = 10;
    private static final int SINGLE_STEPS = 5;
    private static final int PAGE = 50;
    private static final long START = 1_764_000_000_000L;

    /** Of one for practice. */
    private static final int SHARE = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String root;
    private final Times batch = new Times();
    private final Times step = new Times();
    private final Times newest = new Times();
    private final Times sorted = new Times();

    private TimeMlflow(String url) {
        this.root = url + "/api/2.0/mlflow/";
    }

    /**
     * Runs it.
     *
     * @param args the address, and how many runs an experiment gets
     */
    public static void main(String[] args) throws Exception {
        TimeMlflow timed = new TimeMlflow(args[0]);
        int runs = Integer.parseInt(args[1]);
        timed.log("practice", Math.max(1, runs / SHARE));
        timed.forget();
        timed.log("measured", runs);
        timed.step.print("step");
        timed.batch.print("batch");
        timed.newest.print("newest");
        timed.sorted.print("sorted");
        System.exit(0);
    }

    private void forget() {
        List.of(step, batch, newest, sorted).forEach(Times::forget);
    }

    private void log(String name, int runs) throws Exception {
        String experiment = post("experiments/create", MAPPER.createObjectNode().put("name", name))
                .path("experiment_id")
                .asText();
        List<String> ids = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            ids.add(run(experiment, run));
        }
        for (int again = 0; again < runs; again++) {
            ObjectNode newestFirst = search(experiment, runs);
            check(newest.time(() -> post("runs/search", newestFirst)), runs, ids.get(runs - 1));
            ObjectNode byLoss = search(experiment, runs);
            byLoss.putArray("order_by").add("metrics.metric0 ASC");
            check(sorted.time(() -> post("runs/search", byLoss)), runs, ids.get(0));
        }
    }

    private static ObjectNode search(String experiment, int runs) {
        ObjectNode search = MAPPER.createObjectNode().put("max_results", Math.min(PAGE, runs));
        search.putArray("experiment_ids").add(experiment);
        return search;
    }

    private static void check(JsonNode page, int runs, String first) {
        JsonNode found = page.path("runs");
        if (found.size() != Math.min(PAGE, runs)
                || !found.path(0).path("info").path("run_id").asText().equals(first)
                || found.path(0).path("data").path("metrics").size() != METRICS) {
            throw new IllegalStateException(
                    "not the page that was asked for: " + found.size() + " runs, " + found.path(0) + ", not " + first);
        }
    }

    /** The id of a new run, with parameters, a full batch and some steps one by one. */
    private String run(String experiment, int number) throws Exception {
        ObjectNode create = MAPPER.createObjectNode()
                .put("experiment_id", experiment)
                .put("user_id", "benchmark")
                .put("run_name", "run-" + number)
                .put("start_time", START + number);
        String id = post("runs/create", create)
                .path("run")
                .path("info")
                .path("run_id")
                .asText();
        ObjectNode params = MAPPER.createObjectNode().put("run_id", id);
        ArrayNode list = params.putArray("params");
        for (int param = 0; param < PARAMS; param++) {
            list.addObject().put("key", "param" + param).put("value", Integer.toString(param * number));
        }
        post("runs/log-batch", params);
        ObjectNode all = metrics(id, number, 0, STEPS_OF_BATCH);
        batch.time(() -> post("runs/log-batch", all));
        for (int next = 0; next < SINGLE_STEPS; next++) {
            ObjectNode one = metrics(id, number, STEPS_OF_BATCH + next, 1);
            step.time(() -> post("runs/log-batch", one));
        }
        return id;
    }

    private static ObjectNode metrics(String id, int run, int first, int steps) {
        ObjectNode body = MAPPER.createObjectNode().put("run_id", id);
        ArrayNode list = body.putArray("metrics");
        for (int at = first; at < first + steps; at++) {
            for (int metric = 0; metric < METRICS; metric++) {
                list.addObject()
                        .put("key", "metric" + metric)
                        .put("value", (run + 1) * (metric + 1) / (1.0 + at))
                        .put("timestamp", START + at)
                        .put("step", at);
            }
        }
        return body;
    }

    private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(root + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Token.VALUE)
                .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body)))
                .build();
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode() + " of " + path + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return MAPPER.readTree(response.body());
    }
}
