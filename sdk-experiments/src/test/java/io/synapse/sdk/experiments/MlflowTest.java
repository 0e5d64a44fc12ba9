package io.synapse.sdk.experiments;

import static io.synapse.sdk.experiments.MlflowCaller.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiments.internal.Json;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    private MlflowCaller mlflow;

    @BeforeEach
    void start() throws Exception {
        server = EmbeddedExperiments.builder().dataDirectory(data).start();
        caller = new Caller(server);
        mlflow = new MlflowCaller(caller);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPointThatIsSentAgainIsThereOnceAndTheRunIsOneOfTheProject() throws Exception {
        String run = mlflow.create("first");
        for (int time = 0; time < 3; time++) {
            for (int step = 0; step < 5; step++) {
                caller.ok(mlflow.log(run, point("loss", 1.0 / (step + 1), 1_000_000 + step, step)));
            }
            caller.ok(mlflow.log(run, point("loss", "NaN", 1_000_005, 5)));
            mlflow.ok("runs/log-parameter", Map.of("run_id", run, "key", "lr", "value", "0.1"));
        }
        mlflow.ok("runs/update", Map.of("run_id", run, "status", "FINISHED", "end_time", 2_000_000L));

        JsonNode history = mlflow.ok("metrics/get-history?run_id=" + run + "&metric_key=loss&max_results=25000");
        assertThat(history.path("metrics")).hasSize(6);
        assertThat(history.path("metrics").path(5).path("value").asText()).isEqualTo("NaN");
        assertThat(history.path("metrics").path(4).path("timestamp").asLong()).isEqualTo(1_000_004);
        JsonNode shown = shown();
        assertThat(shown.path("status").asText()).isEqualTo("completed");
        assertThat(shown.path("hyperparameters").path("lr").asDouble()).isEqualTo(0.1);
        assertThat(shown.path("min_metrics").path("loss").asDouble()).isEqualTo(0.2);
        assertThat(shown.path("total_steps").asInt()).isEqualTo(6);
    }

    @Test
    void aParameterNeverChangesAndABatchIsTakenAsAWholeOrNotAtAll() throws Exception {
        String run = mlflow.create("first");
        Map<String, Object> lr = Map.of("key", "lr", "value", "0.1");
        List<?> metrics = List.of(point("loss", 0.5, 1, 7), point("acc", 0.5, 1, 7));
        mlflow.ok("runs/log-batch", Map.of("run_id", run, "metrics", metrics, "params", List.of(lr)));
        HttpResponse<String> refused = mlflow.post(
                "runs/log-batch",
                Map.of(
                        "run_id", run,
                        "metrics", List.of(point("late", 1, 1, 1)),
                        "params", List.of(Map.of("key", "lr", "value", "0.2"))));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(code(refused)).isEqualTo("INVALID_PARAMETER_VALUE");
        JsonNode logged = mlflow.run(run).path("data");
        assertThat(logged.path("metrics").findValuesAsText("key")).containsExactly("acc", "loss");
        assertThat(logged.path("params").path(0).path("value").asText()).isEqualTo("0.1");
        assertThat(caller.ok(caller.get("/api/metrics/demo/first")).path("data").path("data"))
                .as("metrics of one step share a row")
                .hasSize(1);
    }

    @Test
    void theNewestPointIsThatOfTheGreatestStepThenTimeThenValueHoweverPointsCome() throws Exception {
        List<Map<String, Object>> points = new ArrayList<>(List.of(
                point("loss", 9.0, 50, 1),
                point("loss", 7.0, 10, 2),
                point("loss", 5.0, 30, 2),
                point("loss", 6.0, 30, 2),
                point("other", "NaN", 1, -1)));
        Collections.rotate(points, 2);
        for (int first = 0; first < points.size(); first++) {
            Collections.rotate(points, 1);
            String oneByOne = mlflow.create("alone" + first);
            for (Map<String, Object> point : points) {
                caller.ok(mlflow.log(oneByOne, point));
            }
            String batch = mlflow.create("batch" + first);
            caller.ok(mlflow.logBatch(batch, "metrics", points));
            for (String run : List.of(oneByOne, batch)) {
                JsonNode newest = mlflow.run(run).path("data").path("metrics");
                assertThat(newest.path(0).toString()).as(points.toString()).isEqualTo(newestOf(6.0, 30, 2));
                assertThat(newest.path(1).path("value").asText()).isEqualTo("NaN");
                mlflow.ok("runs/update", Map.of("run_id", run, "status", "FINISHED"));
            }
            for (String name : List.of("alone" + first, "batch" + first)) {
                JsonNode shown = caller.ok(caller.get("/api/runs/demo/" + name)).path("data");
                assertThat(shown.path("final_metrics").path("loss").asDouble())
                        .as("what others see of %s", points)
                        .isEqualTo(6.0);
            }
        }
    }

    private static String newestOf(double value, long time, long step) {
        return Json.MAPPER
                .valueToTree(Map.of("key", "loss", "value", value, "timestamp", time, "step", step))
                .toString();
    }

    @Test
    void theHistoryOfAMetricHasEachPointOnceOverManyPages() throws Exception {
        String run = mlflow.create("long");
        int all = 9500;
        for (int from = 0; from < all; from += 500) { // from step 7000 on they come one by one, into the tail
            List<?> points = IntStream.range(from, from + 500)
                    .mapToObj(step -> point("loss", step / 8.0, 5_000 + step, step))
                    .toList();
            caller.ok(mlflow.logBatch(run, "metrics", points));
            caller.ok(mlflow.log(run, point("rare", from, 5_000 + from, from)));
        }
        for (int step = all; step < all + 20; step++) {
            caller.ok(mlflow.log(run, point("loss", step / 8.0, 5_000 + step, step)));
        }
        List<Long> steps = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = mlflow.ok(
                    "metrics/get-history?run_id=" + run + "&metric_key=loss&max_results=3000&page_token=" + token);
            assertThat(page.path("metrics").size()).isLessThanOrEqualTo(3000);
            page.path("metrics").forEach(point -> {
                long step = point.path("step").asLong();
                assertThat(point.path("value").asDouble()).isEqualTo(step / 8.0);
                assertThat(point.path("timestamp").asLong()).isEqualTo(5_000 + step);
                steps.add(step);
            });
            assertThat(steps).doesNotHaveDuplicates(); // or it would never end
            token = page.path("next_page_token").asText();
        } while (!token.isEmpty());
        assertThat(steps).isEqualTo(LongStream.range(0, all + 20).boxed().toList());
        assertThat(mlflow.ok("metrics/get-history?run_id=" + run + "&metric_key=loss")
                        .path("metrics"))
                .as("for a client that knows no pages")
                .hasSize(all + 20);
        assertThat(mlflow.ok("metrics/get-history?run_id=" + run + "&metric_key=rare&max_results=50")
                        .path("metrics"))
                .hasSize(all / 500);
        assertThat(mlflow.ok("metrics/get-history?run_id=" + run + "&metric_key=none")
                        .path("metrics"))
                .isEmpty();
    }

    @Test
    void whatIsMoreThanTheLimitsOrHasAWrongKeyIsRefused() throws Exception {
        String run = mlflow.create("first");
        List<Map<String, Object>> many = IntStream.range(0, 1001)
                .mapToObj(step -> point("loss", step, step, step))
                .toList();
        assertThat(mlflow.logBatch(run, "metrics", many).statusCode()).isEqualTo(400);
        caller.ok(mlflow.logBatch(run, "metrics", many.subList(0, 1000)));
        List<Map<String, String>> pairs = IntStream.range(0, 101)
                .mapToObj(number -> Map.of("key", "k" + number, "value", "v"))
                .toList();
        for (String list : List.of("params", "tags")) {
            assertThat(code(mlflow.logBatch(run, list, pairs))).as(list).isEqualTo("INVALID_PARAMETER_VALUE");
            caller.ok(mlflow.logBatch(run, list, pairs.subList(0, 100)));
        }
        List<Map<String, String>> large = IntStream.range(0, 100)
                .mapToObj(number -> Map.of("key", "t" + number, "value", "1".repeat(7_990)))
                .toList();
        caller.ok(mlflow.logBatch(run, "tags", large));
        List<Map<String, String>> larger = IntStream.range(0, 100)
                .mapToObj(number -> Map.of("key", "t" + number, "value", "漢".repeat(7_990)))
                .toList();
        assertThat(code(mlflow.logBatch(run, "tags", larger))).as("2.4 MB").isEqualTo("INVALID_PARAMETER_VALUE");
        for (String key : List.of("", "a//b", "../a", "/a", "a/./b", "a$", "a\n", "k".repeat(251))) {
            assertThat(mlflow.log(run, point(key, 1, 1, 1)).statusCode())
                    .as(key)
                    .isEqualTo(400);
        }
        for (String key : List.of("val/loss", "a b", "größe", "a:b", "a..b", "k".repeat(250))) {
            caller.ok(mlflow.log(run, point(key, 1, 1, 1)));
        }
        for (Map<String, Object> point : List.of(
                point("loss", "one", 1, 1),
                point("loss", 1, -1, 1),
                point("loss", 1, 1, Long.MAX_VALUE),
                Map.<String, Object>of("key", "loss", "value", 1, "timestamp", 1, "step", 1.5))) {
            assertThat(code(mlflow.log(run, point))).as(point.toString()).isEqualTo("INVALID_PARAMETER_VALUE");
        }
        assertThat(mlflow.post("runs/log-parameter", Map.of("run_id", run, "key", "p", "value", "1".repeat(6001)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRunThatIsDeletedTakesNothingUntilItIsRestored() throws Exception {
        String run = mlflow.create("first");
        mlflow.ok("runs/update", Map.of("run_id", run, "status", "FINISHED"));
        for (int time = 0; time < 2; time++) { // as a client does whose answer was lost
            mlflow.ok("runs/delete", Map.of("run_id", run));
        }
        assertThat(mlflow.run(run).path("info").path("lifecycle_stage").asText())
                .isEqualTo("deleted");
        assertThat(shown().path("status").asText()).isEqualTo("deleted");
        assertThat(code(mlflow.log(run, point("loss", 1, 1, 1)))).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(mlflow.names("")).isEmpty();
        assertThat(mlflow.search(Map.of("run_view_type", "DELETED_ONLY")).path("runs"))
                .hasSize(1);
        for (int time = 0; time < 2; time++) {
            mlflow.ok("runs/restore", Map.of("run_id", run));
        }
        assertThat(mlflow.names("")).containsExactly("first");
        assertThat(shown().path("status").asText()).isEqualTo("completed");
        caller.ok(mlflow.log(run, point("loss", 1, 1, 1)));
    }

    @Test
    void anExperimentIsDeletedAndRestoredWithItsRuns() throws Exception {
        String gone = mlflow.create("gone before");
        String run = mlflow.create("first");
        String experiment = mlflow.experiment();
        mlflow.ok("runs/delete", Map.of("run_id", gone));
        mlflow.ok("experiments/delete", Map.of("experiment_id", experiment));

        assertThat(mlflow.ok("experiments/get-by-name?experiment_name=demo")
                        .path("experiment")
                        .path("lifecycle_stage")
                        .asText())
                .isEqualTo("deleted");
        assertThat(mlflow.run(run).path("info").path("lifecycle_stage").asText())
                .isEqualTo("deleted");
        assertThat(code(mlflow.post("runs/create", Map.of("experiment_id", experiment))))
                .isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(code(mlflow.post("experiments/create", Map.of("name", "demo"))))
                .isEqualTo("RESOURCE_ALREADY_EXISTS");
        mlflow.ok("experiments/restore", Map.of("experiment_id", experiment));
        assertThat(mlflow.names("")).as("not the one that was deleted before").containsExactly("first");
    }

    @Test
    void namesMayBeAnyTextsAndBeGivenTwice() throws Exception {
        for (String name : List.of("trial", "trial", "lr=0.1, bs=32", "größe/漢字", "..")) {
            String run = mlflow.create(name);
            assertThat(mlflow.run(run).path("info").path("run_name").asText()).isEqualTo(name);
        }
        assertThat(mlflow.names("attributes.run_name = 'trial'")).hasSize(2);
        JsonNode all = caller.ok(caller.get("/api/projects/demo/experiments?order=asc"))
                .path("data");
        List<String> names = all.path("experiments").findValuesAsText("run_name");
        assertThat(names).doesNotHaveDuplicates().hasSize(5).startsWith("trial");
        assertThat(names.get(2)).matches("lr_0.1_ bs_32-[0-9a-f]{8}");
        for (String name : names) {
            String path = "/api/runs/demo/" + name.replace(" ", "%20");
            assertThat(caller.get(path).statusCode()).as(name).isEqualTo(200);
        }
        String experiment = mlflow.createExperiment("/users/ann/../exp: 1");
        assertThat(mlflow.ok("experiments/get?experiment_id=" + experiment)
                        .path("experiment")
                        .path("name")
                        .asText())
                .isEqualTo("/users/ann/../exp: 1");
        mlflow.ok("experiments/update", Map.of("experiment_id", experiment, "new_name", "better"));
        assertThat(mlflow.ok("experiments/get-by-name?experiment_name=better")
                        .path("experiment")
                        .path("experiment_id")
                        .asText())
                .isEqualTo(experiment);
    }

    @Test
    void whatIsUnknownIsRefusedInTheFormOfMlflow() throws Exception {
        HttpResponse<String> unknown = mlflow.get("experiments/get-by-name?experiment_name=none");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(code(unknown)).isEqualTo("RESOURCE_DOES_NOT_EXIST");
        assertThat(code(mlflow.post("experiments/create", Map.of("name", "demo"))))
                .isEqualTo("RESOURCE_ALREADY_EXISTS");
        assertThat(code(mlflow.post("experiments/create", Map.of("name", "")))).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(mlflow.log("none", point("loss", 1, 1, 1)).statusCode()).isEqualTo(404);
        HttpResponse<String> missing = caller.post("/api/3.0/mlflow/traces", Map.of());
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(code(missing)).isEqualTo("ENDPOINT_NOT_FOUND");
    }

    @Test
    void artifactsStayInTheirFolder() throws Exception {
        String path = "/api/2.0/mlflow-artifacts/artifacts/";
        for (String name : List.of("a.txt", "loss%25step%250.png", "a%20b.txt", ".hidden")) {
            assertThat(put(path + "1/r/" + name).statusCode()).as(name).isEqualTo(200);
            assertThat(caller.get(path + "1/r/" + name).body()).isEqualTo("content");
        }
        assertThat(caller.ok(caller.get(path.substring(0, path.length() - 1) + "?path=1/r"))
                        .path("files")
                        .findValuesAsText("path"))
                .containsExactlyInAnyOrder("a.txt", "loss%step%0.png", "a b.txt", ".hidden");
        for (String bad : List.of("1/%2e%2e%2fesc.txt", "1/../../esc.txt", "1/a%00b", "1/.unfinished-1", "1//a")) {
            caller = new Caller(server); // the connection of a request that is no HTTP is closed
            assertThat(put(path + bad).statusCode()).as(bad).isBetween(400, 404);
        }
        caller = new Caller(server);
        assertThat(data.resolve("artifacts/esc.txt")).doesNotExist();
        assertThat(data.resolve("esc.txt")).doesNotExist();
        caller.ok(caller.send(caller.request(path + "1/r").DELETE().build()));
        assertThat(caller.get(path + "1/r/a.txt").statusCode()).isEqualTo(404);
    }

    /** The locale of the server decides which letters names of files can have. */
    @Test
    void anArtifactHasAnyLettersThatAFileOfTheServerCanHave() throws Exception {
        String path = "/api/2.0/mlflow-artifacts/artifacts/1/gr%C3%B6%C3%9Fe.txt";
        boolean isPossible = System.getProperty("sun.jnu.encoding").equals("UTF-8");
        HttpResponse<String> put = put(path);
        assertThat(put.statusCode()).isEqualTo(isPossible ? 200 : 400);
        if (isPossible) {
            assertThat(caller.get(path).body()).isEqualTo("content");
        } else {
            assertThat(put.body()).contains("größe.txt", "LC_ALL=C.UTF-8");
        }
    }

    @Test
    void othersSeeTheArtifactsOfARunUntilItIsDeleted() throws Exception {
        String run = mlflow.create("first");
        String folder = mlflow.experiment() + "/" + run + "/artifacts";
        put("/api/2.0/mlflow-artifacts/artifacts/" + folder + "/texts/a%20b.txt");
        JsonNode files = caller.ok(caller.get("/api/runs/demo/first/artifacts"))
                .path("data")
                .path("artifacts");
        assertThat(files).hasSize(1);
        assertThat(files.path(0).path("name").asText()).isEqualTo("texts/a b.txt");
        assertThat(files.path(0).path("path").asText()).isEqualTo("artifacts/texts/a b.txt");
        assertThat(files.path(0).path("size").asLong()).isEqualTo(7);
        String download = "/api/runs/demo/first/artifacts/download?file_path=";
        assertThat(caller.get(download + "artifacts/texts/a%20b.txt").body()).isEqualTo("content");
        assertThat(caller.get(download + "artifacts/../../../../experiments.db").statusCode())
                .isEqualTo(400);
        assertThat(caller.get(download + "artifacts/none").statusCode()).isEqualTo(404);
        mlflow.ok("runs/update", Map.of("run_id", run, "status", "FINISHED"));
        caller.ok(caller.send(caller.request("/api/runs/demo/first").DELETE().build()));
        assertThat(data.resolve("artifacts").resolve(folder)).doesNotExist();
        assertThat(mlflow.get("runs/get?run_id=" + run).statusCode()).isEqualTo(404);
    }

    @Test
    void aFileOfAnySizeIsTakenWhenAllOfItHasCome() throws Exception {
        byte[] model = new byte[40_000_000];
        new Random(1).nextBytes(model);
        String path = "/api/2.0/mlflow-artifacts/artifacts/1/r/model.bin";
        assertThat(caller.send(caller.request(path)
                                .PUT(BodyPublishers.ofByteArray(model))
                                .build())
                        .statusCode())
                .isEqualTo(200);
        Path folder = data.resolve("artifacts/1/r");
        assertThat(folder.resolve("model.bin")).hasBinaryContent(model);
        try (Socket socket = new Socket("127.0.0.1", server.baseUrl().getPort())) {
            String head = "PUT " + path + " HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.baseUrl().getPort() + "\r\nAuthorization: Bearer " + server.token()
                    + "\r\nContent-Length: 1000000\r\n\r\nonly the beginning";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> files(folder).size() == 2);
        }
        await().until(() -> files(folder).equals(List.of("model.bin")));
        assertThat(folder.resolve("model.bin")).hasBinaryContent(model);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void aDatasetIsAnInputOfARunOnce() throws Exception {
        String run = mlflow.create("first");
        for (int time = 0; time < 2; time++) {
            Map<String, Object> input = Map.of(
                    "tags",
                    List.of(Map.of("key", "mlflow.data.context", "value", "training")),
                    "dataset",
                    Map.of("name", "images", "digest", "a1", "source_type", "http", "source", "{}"));
            mlflow.ok("runs/log-inputs", Map.of("run_id", run, "datasets", List.of(input)));
        }
        JsonNode inputs = mlflow.run(run).path("inputs").path("dataset_inputs");
        assertThat(inputs).hasSize(1);
        assertThat(inputs.at("/0/dataset/name").asText()).isEqualTo("images");
    }

    private JsonNode shown() throws IOException, InterruptedException {
        return caller.ok(caller.get("/api/projects/demo/experiments"))
                .path("data")
                .path("experiments")
                .path(0);
    }

    private static String code(HttpResponse<String> refused) {
        return Json.tree(refused.body()).path("error_code").asText();
    }

    private HttpResponse<String> put(String path) throws IOException, InterruptedException {
        return caller.send(
                caller.request(path).PUT(BodyPublishers.ofString("content")).build());
    }
}
