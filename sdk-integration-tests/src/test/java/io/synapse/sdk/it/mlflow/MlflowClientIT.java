package io.synapse.sdk.it.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.synapse.sdk.embedded.Prerequisite;
import io.synapse.sdk.experiment.CurveQuery;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.MetricCurve;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunFile;
import io.synapse.sdk.experiment.RunKey;
import io.synapse.sdk.experiment.RunStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * MLflow's client logs to an experiment server (wire/experiments.md, section 11). The system property
 * {@code synapse.mlflow} names a Python that has it installed; without one this is skipped, except in continuous integration.
 */
@Timeout(300)
@Tag("one-jdk")
class MlflowClientIT {
    private static String python;

    @TempDir
    private Path folder;

    @BeforeAll
    static void find() {
        python =
                Prerequisite.program("synapse.mlflow", "", "Python with mlflow").toString();
    }

    @Test
    void whatMlflowsClientLogsIsWhatItAndTheClientOfThisProjectSee() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"));
                ExperimentClient client = server.client()) {
            JsonNode seen = logRun(server);

            assertThatItSeesWhatItLogged(seen);
            Run run = client.listRuns("demo").stream()
                    .filter(one -> one.hyperparameters().containsKey("optimizer"))
                    .findFirst()
                    .orElseThrow();
            String name = run.runName();
            assertThat(name).startsWith("lr_0.1_ gr__e-");
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.hyperparameters())
                    .isEqualTo(Map.of("lr", 0.1, "optimizer", "adam", "layers", "[1, 2]", "seed", 7.0));
            Map<String, Double> metrics = seen.path("metrics").properties().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            metric -> number(metric.getValue().asText())));
            assertThat(run.finalMetrics()).isEqualTo(metrics);
            MetricCurve odd = curve(client, "demo", name, "odd");
            assertThat(odd.values())
                    .containsExactly(1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
            MetricCurve longest = curve(client, "demo", name, "long");
            double[] steps = IntStream.range(0, 26_000).asDoubleStream().toArray();
            assertThat(longest.steps()).isEqualTo(list(steps));
            assertThat(longest.values())
                    .isEqualTo(list(Arrays.stream(steps).map(step -> step / 8).toArray()));
            assertThat(client.listArtifacts("demo", name))
                    .extracting(RunFile::name)
                    .containsExactlyInAnyOrder("texts/größe a.txt", "files/deep/bytes.bin");
            assertThat(client.downloadArtifact("demo", name, "artifacts/texts/größe a.txt"))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("größe");
            assertThat(client.downloadArtifact("demo", name, "artifacts/files/deep/bytes.bin"))
                    .isEqualTo(Files.readAllBytes(folder.resolve("files/up/deep/bytes.bin")));
        }
    }

    private static void assertThatItSeesWhatItLogged(JsonNode seen) throws IOException {
        assertThat(seen.path("metrics")).isEqualTo(json("""
                {"loss": "0.05", "val/acc": "2.375", "odd": "-inf", "unordered": "70.0", "long": "3249.875"}"""));
        assertThat(seen.path("params")).isEqualTo(json("""
                {"lr": "0.1", "optimizer": "adam", "layers": "[1, 2]", "seed": "7"}"""));
        assertThat(seen.path("tags")).isEqualTo(json("""
                {"a b": "c", "team": "ann", "mlflow.note.content": "a note", "mlflow.runName": "lr=0.1, größe"}"""));
        assertThat(seen.path("status").asText()).isEqualTo("FINISHED");
        assertThat(seen.path("run_name").asText()).isEqualTo("lr=0.1, größe");
        assertThat(seen.path("history")).isEqualTo(json("[26000, true]"));
        assertThat(seen.path("odd")).isEqualTo(json("""
                ["1.5", "nan", "inf", "-inf"]"""));
        assertThat(seen.path("listed")).isEqualTo(json("""
                ["files/deep/bytes.bin"]"""));
        assertThat(seen.path("text").asText()).isEqualTo("größe");
        assertThat(seen.path("bytes").asBoolean()).isTrue();
        assertThat(seen.path("trials")).isEqualTo(json("""
                {"all": ["trial", "trial", "trial", "lr=0.1, größe"], "quoted": ["lr=0.1, größe"], "of parent": 3,
                 "by score": ["2", "0", "1"], "by id": ["lr=0.1, größe"]}"""));
        assertThat(seen.path("pages")).isEqualTo(json("[3, 1]"));
        assertThat(seen.path("in pages").asInt()).isEqualTo(4);
        assertThat(seen.path("deleted")).isEqualTo(json("""
                {"stage": "deleted", "log": "INVALID_PARAMETER_VALUE", "active": 3, "deleted": 1, "restored": 4}"""));
        assertThat(seen.path("experiments")).isEqualTo(json("""
                {"deleted": ["/users/ann/other: 1"], "again": "RESOURCE_ALREADY_EXISTS",
                 "renamed": [["renamed", {"stage": "early"}]]}"""));
        assertThat(seen.path("refused")).isEqualTo(json("""
                {"param": "INVALID_PARAMETER_VALUE", "filter": "INVALID_PARAMETER_VALUE", "run": "RESOURCE_DOES_NOT_EXIST",
                 "model": "ENDPOINT_NOT_FOUND"}"""));
    }

    /** The client repeats what it had no answer to; MLflow's own server would have some points twice. */
    @Test
    void whatWasAcknowledgedIsThereOnceThoughTheServerIsKilledAgainAndAgain() throws Exception {
        int steps = 1500;
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"));
                ExperimentClient client = server.client()) {
            Process logging = python(server, "log_steadily.py", String.valueOf(steps));
            try (BufferedReader acknowledged = logging.inputReader()) {
                String run = acknowledged.readLine();
                assertThat(run).as(errors()).isNotNull();
                List<Integer> seen = new ArrayList<>();
                while (seen.size() < steps) {
                    String step = acknowledged.readLine();
                    assertThat(step).as(errors()).isNotNull();
                    seen.add(Integer.valueOf(step));
                    if (seen.size() % 400 == 0) { // the next steps are being logged
                        server.killAndRestart();
                    }
                }
                assertThat(seen.get(steps - 1)).isEqualTo(steps - 1);
                assertThat(logging.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(logging.exitValue()).as(errors()).isZero();
            } finally {
                logging.destroyForcibly();
            }
            double[] expected = IntStream.range(0, steps).asDoubleStream().toArray();
            MetricCurve loss = curve(client, "steady", "run", "loss");
            assertThat(loss.steps()).isEqualTo(list(expected));
            assertThat(loss.values())
                    .isEqualTo(
                            list(Arrays.stream(expected).map(step -> step / 8).toArray()));
            MetricCurve batch = curve(client, "steady", "run", "batch");
            double[] fourth = IntStream.range(0, 4 * steps).asDoubleStream().toArray();
            assertThat(batch.steps()).isEqualTo(list(fourth));
            assertThat(batch.values())
                    .isEqualTo(list(Arrays.stream(fourth).map(step -> step / 4).toArray()));
            Run run = client.getRun("steady", "run");
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(client.listRuns("steady").stream()
                            .findFirst()
                            .orElseThrow()
                            .hyperparameters())
                    .hasSize(50);
        }
    }

    /** All points. */
    private static MetricCurve curve(ExperimentClient client, String project, String run, String metric) {
        CurveQuery query = CurveQuery.of(List.of(RunKey.of(project, run)), List.of(metric));
        return client.getCurves(query.points(100_000)).get(0);
    }

    private JsonNode logRun(ServerProcess server) throws IOException, InterruptedException {
        Path files = Files.createDirectory(folder.resolve("files"));
        Process process = python(server, "log_run.py", files.toString());
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(errors()).isZero();
            return json(out.substring(out.lastIndexOf("\n{") + 1)); // the client prints where its runs are to be seen
        } finally {
            process.destroyForcibly();
        }
    }

    private Process python(ServerProcess server, String script, String argument) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        python,
                        Path.of("src", "test", "resources", "mlflow", script).toString(),
                        argument)
                .redirectError(folder.resolve("errors").toFile());
        builder.environment()
                .putAll(Map.of(
                        "MLFLOW_TRACKING_URI", server.address().toString(),
                        "MLFLOW_TRACKING_TOKEN", ServerProcess.TOKEN,
                        "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "1", // seconds, doubled up to seven times
                        "MLFLOW_DISABLE_TELEMETRY", "true",
                        "PYTHONUTF8", "1"));
        return builder.start();
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private static double number(String python) {
        return switch (python) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(python);
        };
    }

    private static List<Double> list(double[] values) {
        return DoubleStream.of(values).boxed().toList();
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }
}
