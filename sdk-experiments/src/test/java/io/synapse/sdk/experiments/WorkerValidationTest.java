package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.ConflictException;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.experiment.ConfigCheck;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.WorkerCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Configs that a real worker checks, by a program that plays the training program. */
@Timeout(120)
class WorkerValidationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final EmbeddedExperiments server = EmbeddedExperiments.start();
    private final ExperimentClient client = TestServer.client(server.baseUrl(), server.token());

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void theExitCodeOfTheProgramDecides() throws IOException {
        Files.createDirectory(folder.resolve("code"));
        Files.writeString(folder.resolve("code/known"), "resnet\n");
        try (ExperimentWorker worker =
                worker("""
                echo "GPUs [${CUDA_VISIBLE_DEVICES-all}]"
                name=$(sed -n 's/^net: //p' "$1")
                grep -qx "$name" known || { echo "there is no net $name" >&2; echo; exit 3; }
                """).codeDirectory(folder.resolve("code")).start()) {
            awaitWorker(worker);
            ConfigCheck right = client.validateConfig("net: resnet\nlr: [0.1, 0.2]\n", "w1");
            ConfigCheck wrong = client.validateConfig("net: resnext\n", "w1");

            assertThat(right.valid()).isTrue();
            assertThat(right.count()).isEqualTo(2);
            assertThat(found(right).hostId()).isEqualTo("w1");
            assertThat(found(right).exitCode()).isZero();
            assertThat(found(right).output()).isEqualTo("GPUs []\n");
            assertThat(wrong.valid()).isFalse();
            assertThat(wrong.errors())
                    .singleElement()
                    .satisfies(error -> assertThat(error.message()).isEqualTo("w1: there is no net resnext"));
            assertThat(found(wrong).exitCode()).isEqualTo(3);
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(entries(folder.resolve("w1/checks"))).isEmpty();
                assertThat(entries(folder.resolve("w1/agent/jobs"))).isEmpty();
            });
        }
    }

    @Test
    void aWorkerIsAskedOnlyIfItCanAndTheServerFindsNothingWrong() throws IOException {
        Path asked = folder.resolve("asked");
        try (ExperimentWorker worker = worker("touch '" + asked + "'").start();
                ExperimentWorker other = TestWorkers.builder(
                                server.baseUrl(), server.token(), folder.resolve("w2"), "true")
                        .start()) {
            awaitWorker(worker);
            awaitWorker(other);

            assertThatExceptionOfType(ConflictException.class)
                    .isThrownBy(() -> client.validateConfig("lr: 1\n", "w2"))
                    .withMessageContaining("worker w2 has no command to check configs with");
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> client.validateConfig("lr: 1\n", "w3"))
                    .withMessageContaining("Device not found: w3");
            ConfigCheck wrong = client.validateConfig("epochs: 0\n", "w1");

            assertThat(wrong.valid()).isFalse();
            assertThat(wrong.worker()).isNull();
            assertThat(asked).doesNotExist();
        }
    }

    @Test
    void ofALongOutputTheEndIsTold() throws IOException {
        try (ExperimentWorker worker = worker("seq 100000; exit 1").start()) {
            awaitWorker(worker);

            WorkerCheck check = found(client.validateConfig("lr: 1\n", "w1"));

            assertThat(check.output()).hasSize(64 << 10).endsWith("\n99999\n100000\n");
        }
    }

    @Test
    void aWorkerThatEndsStopsTheProgramAndTheNextOneChecksAgain() throws Exception {
        Path pids = folder.resolve("pids");
        String script = "echo $$ >>'" + pids + "'; [ $(wc -l <'" + pids + "') -gt 1 ] || sleep 1000";
        CompletableFuture<ConfigCheck> check;
        try (ExperimentWorker worker = worker(script).start()) {
            awaitWorker(worker);
            check = client.async().validateConfig("lr: 1\n", "w1");
            await().atMost(PATIENCE).until(() -> !TestWorkers.pids(pids).isEmpty());
        }
        long first = TestWorkers.pids(pids).get(0);
        await().atMost(PATIENCE).until(() -> !TestWorkers.isAlive(first));

        try (ExperimentWorker worker = worker(script).start()) {
            assertThat(check.get().valid()).isTrue();
            assertThat(worker.activeJobs()).isEmpty();
        }
    }

    @Test
    void theProgramOfAKilledWorkerIsStoppedByTheNextOneWhichChecksAgain() throws Exception {
        Path pids = folder.resolve("pids");
        Path script = Files.writeString(
                folder.resolve("check.sh"),
                "echo $$ >>'" + pids + "'; [ $(wc -l <'" + pids + "') -gt 1 ] || sleep 1000");
        ProcessBuilder command = TestWorkers.command(
                server.baseUrl(),
                server.token(),
                folder.resolve("w1"),
                "--host-id=w1",
                "--validate-command=sh " + script + " {config}");
        Process killed = command.start();
        await().atMost(PATIENCE).until(() -> !client.listDevices().isEmpty());
        CompletableFuture<ConfigCheck> check = client.async().validateConfig("lr: 1\n", "w1");
        await().atMost(PATIENCE).until(() -> !TestWorkers.pids(pids).isEmpty());
        killed.destroyForcibly().waitFor();
        long first = TestWorkers.pids(pids).get(0);
        assertThat(TestWorkers.isAlive(first)).isTrue();

        Process next = command.start();
        try {
            assertThat(check.get().errors()).isEmpty();
            assertThat(TestWorkers.isAlive(first)).isFalse();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(entries(folder.resolve("w1/checks"))).isEmpty());
        } finally {
            next.destroyForcibly().waitFor();
        }
    }

    private ExperimentWorker.Builder worker(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("check.sh"), script);
        return TestWorkers.builder(server.baseUrl(), server.token(), folder.resolve("w1"), "true")
                .validateCommand("sh", file.toString(), "{config}");
    }

    private void awaitWorker(ExperimentWorker worker) {
        await().atMost(PATIENCE)
                .until(() -> client.listDevices().stream()
                        .anyMatch(device -> worker.hostId().equals(device.hostId())));
    }

    private static WorkerCheck found(ConfigCheck check) {
        return Objects.requireNonNull(check.worker());
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !entry.endsWith(".deleted")).toList();
        }
    }
}
