package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalysisRoutesTest {
    @TempDir
    Path data;

    private EmbeddedExperiments server;
    private Caller caller;

    @BeforeEach
    void start() {
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void run(String name, String csv, String config) throws Exception {
        Path folder = Files.createDirectories(data.resolve("logs/demo"));
        Files.writeString(folder.resolve(name + ".yaml"), config);
        Files.writeString(folder.resolve(name + ".csv"), csv);
    }

    private void index() throws Exception {
        caller.ok(caller.post("/api/projects/reindex"));
    }

    private void fiveRuns() throws Exception {
        double[][] values = {{0.9, 0.5, 10}, {0.5, 0.7, 20}, {0.4, 0.6, 30}, {0.6, 0.6, 1000}, {0.5, 0.7, 25}};
        for (int i = 0; i < values.length; i++) {
            run(
                    "r" + i,
                    "epoch,loss,acc,seconds\n1," + values[i][0] + "," + values[i][1] + "," + values[i][2] + "\n",
                    "project: demo\nmodel: {depth: " + i + ", name: x}\nlr: " + values[i][0] + "\n");
        }
        index();
    }

    private JsonNode post(String path, Map<String, ?> body) throws Exception {
        return caller.ok(caller.post(path, body));
    }

    @Test
    void recordedRequestsHaveTheSameStatusesAndKeys() throws Exception {
        run("run_a", "epoch,train_loss,val_acc\n1,0.9,0.5\n2,0.7,0.6\n3,0.5,0.65\n", "project: demo\nepochs: 3\n");
        run("run_b", "epoch,train_loss,val_acc\n1,0.8,0.55\n2,0.6,\n", "project: demo\nepochs: 5\n");
        index();
        SoftAssertions all = new SoftAssertions();
        for (RecordedExchange each : RecordedExchange.all()) {
            if (each.path().matches("/api/(recommendations|trends)/.*")) {
                HttpResponse<String> answer = each.send(caller);
                boolean isRank = each.status() == 500; // the original knows no strategy "rank"
                all.assertThat(answer.statusCode()).as(each.toString()).isEqualTo(isRank ? 200 : each.status());
                all.assertThat(isRank ? List.of() : each.keysMissingIn(answer.body()))
                        .as(answer.body())
                        .isEmpty();
            }
        }
        all.assertAll();
    }

    @Test
    void theParetoFrontHasTheRunsThatNoOtherIsBetterThan() throws Exception {
        fiveRuns();

        JsonNode found = post(
                "/api/recommendations/find",
                Map.of("project", "demo", "objectives", List.of("loss", "acc"), "top_k", 4));

        assertThat(found.path("pareto_optimal_count").asInt()).isEqualTo(3);
        assertThat(found.path("recommendations").findValuesAsText("run_name")).containsExactly("r1", "r2", "r4", "r3");
        assertThat(found.path("recommendations")
                        .path(3)
                        .path("dominated_by_count")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void ranksAreMeansOverTheObjectives() throws Exception {
        fiveRuns();

        JsonNode found = post(
                "/api/recommendations/find",
                Map.of("project", "demo", "objectives", List.of("loss", "acc"), "strategy", "rank"));

        // loss: r2 1, r1 and r4 2.5, r3 4, r0 5; acc: r1 and r4 1.5, r2 and r3 3.5, r0 5
        assertThat(found.path("recommendations"))
                .map(run -> run.path("run_name").asText() + " " + run.path("mean_rank"))
                .containsExactly("r1 2.0", "r4 2.0", "r2 2.25", "r3 3.75", "r0 5.0");
    }

    @Test
    void whatCannotBeComparedIsRefused() throws Exception {
        fiveRuns();

        assertThat(List.of(
                        caller.post("/api/recommendations/find", Map.of("project", "demo", "strategy", "best")),
                        caller.post(
                                "/api/recommendations/find",
                                Map.of("project", "demo", "objectives", List.of("a", "b", "c", "d"))),
                        caller.post(
                                "/api/recommendations/find", Map.of("project", "demo", "objectives", List.of("no"))),
                        caller.post("/api/recommendations/find", Map.of("project", "../x")),
                        caller.post("/api/outliers/detect", Map.of("project", "demo", "method", "eye"))))
                .allSatisfy(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400));
        assertThat(caller.get("/api/recommendations/none/summary").statusCode()).isEqualTo(404);
        assertThat(caller.get("/api/correlations/demo").statusCode()).isEqualTo(422);
    }

    @Test
    void aTrendIsThatOfTheOrderOfStarts() throws Exception {
        fiveRuns();

        JsonNode found = post("/api/trends/analyze", Map.of("project", "demo", "metric", "loss"));

        assertThat(found.path("trends").path(0).path("direction").asText()).isEqualTo("improving");
        assertThat(found.path("trends").path(0).path("runs").asInt()).isEqualTo(5);
        assertThat(caller.ok(caller.get("/api/trends/demo/summary"))
                        .path("summary")
                        .path("improving"))
                .map(JsonNode::asText)
                .contains("loss");
    }

    @Test
    void anOutlierIsFarBeyondTheMiddleHalf() throws Exception {
        fiveRuns();

        JsonNode found = post("/api/outliers/detect", Map.of("project", "demo", "metrics", List.of("seconds")));

        assertThat(found.path("outliers").findValuesAsText("run_name")).containsExactly("r3");
    }

    @Test
    void nestedHyperparametersAreCorrelated() throws Exception {
        fiveRuns();

        JsonNode found = caller.ok(caller.get("/api/correlations/demo?metric=loss"));

        assertThat(found.path("correlations").findValuesAsText("parameter")).containsExactly("lr", "model.depth");
        assertThat(found.path("correlations").path(0).path("correlation").asDouble())
                .isBetween(0.999, 1.001);
        assertThat(caller.ok(caller.get("/api/correlations/demo/summary"))
                        .path("summary")
                        .has("loss"))
                .isTrue();
    }
}
