package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import io.synapse.sdk.experiments.EmbeddedExperiments;
import io.synapse.sdk.experiments.ExperimentWorker;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker of experiments whose jobs run on a real Ray cluster. */
@WithRayCluster
@Timeout(240)
@Tag("one-jdk")
class ExperimentsOnRayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private EmbeddedExperiments server;
    private ExperimentClient client;

    @BeforeEach
    void start() {
        server = EmbeddedExperiments.builder()
                .dataDirectory(folder.resolve("server"))
                .start();
        client = ExperimentClient.builder()
                .baseUrl(server.baseUrl())
                .experimentsToken(server.token())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private String submit() {
        return client.submitExperiment(
                        ExperimentSubmission.ofConfig("name: it's\nlr: $HOME\n").project("demo"))
                .experimentUid();
    }

    private ExperimentWorker worker(RayClient ray, String script) {
        return ExperimentWorker.builder()
                .server(server.baseUrl())
                .token(server.token())
                .hostId("on-ray")
                .dataDirectory(folder.resolve("worker"))
                .command("sh", "-c", script, "sh", "{config}")
                .jobs(ray)
                .heartbeat(Duration.ofMillis(300))
                .lookInterval(Duration.ofMillis(100))
                .start();
    }

    @Test
    void aJobThatFailsIsOneAndItsWholeLogIsAtTheServer(RayClient ray) {
        String uid = submit();
        try (ExperimentWorker worker = worker(ray, "cat \"$1\"; seq 20000; exit 4")) {
            ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

            assertThat(job.status()).isEqualTo(ExperimentStatus.FAILED);
            assertThat(job.exitCode()).isEqualTo(4);
            assertThat(ray.getJob(uid + "-1").status()).isEqualTo(JobStatus.FAILED);
            assertThat(client.getExperimentLogs(uid))
                    .isEqualTo(ray.getJobLogs(uid + "-1"))
                    .contains("name: it's\nlr: $HOME\n1\n2\n")
                    .contains("\n19999\n20000\n");
            assertThat(client.listDevices().get(0).canPause()).isFalse();
            await().atMost(PATIENCE).until(() -> worker.activeJobs().isEmpty());
        }
    }

    @Test
    void aCancelledJobIsStoppedOnTheCluster(RayClient ray) {
        String uid = submit();
        try (ExperimentWorker worker = worker(ray, "sleep 600")) {
            await().atMost(PATIENCE)
                    .until(() -> client.getExperimentJob(uid).status().equals(ExperimentStatus.RUNNING));

            client.cancelExperiment(uid);

            await().atMost(PATIENCE).until(() -> worker.activeJobs().isEmpty());
            assertThat(ray.getJob(uid + "-1").status()).isEqualTo(JobStatus.STOPPED);
            assertThat(client.getExperimentJob(uid).status()).isEqualTo(ExperimentStatus.CANCELLED);
        }
    }

    @Test
    void aWorkerThatIsKilledIsFollowedByOneThatGoesOnWithTheSameJob(RayCluster cluster, RayClient ray)
            throws IOException {
        String script = "number=0; until [ -e " + folder + "/go ]; do echo count $number;"
                + " number=$((number + 1)); sleep 0.1; done";
        String uid = submit();
        Process first = program(cluster, script);
        await().atMost(PATIENCE).until(() -> count(uid) > 2);
        first.destroyForcibly().onExit().join();

        Process second = program(cluster, script);
        try {
            int before = count(uid);
            await().atMost(PATIENCE).until(() -> count(uid) > before + 2);
            Files.createFile(folder.resolve("go"));
            ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

            assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(ray.listJobs())
                    .filteredOn(each -> String.valueOf(each.submissionId()).startsWith(uid))
                    .hasSize(1);
            assertThat(counted(uid))
                    .isEqualTo(IntStream.range(0, count(uid))
                            .mapToObj(number -> "count " + number)
                            .toList());
        } finally {
            second.destroyForcibly().onExit().join();
        }
    }

    private List<String> counted(String uid) throws IOException {
        Path log = folder.resolve("server/queue_logs/" + uid + "/terminal_log.log");
        return Files.exists(log)
                ? Files.readAllLines(log).stream()
                        .filter(line -> line.startsWith("count "))
                        .toList()
                : List.of();
    }

    private int count(String uid) throws IOException {
        return counted(uid).size();
    }

    /** A worker in a process of its own, with its usual times. */
    private Process program(RayCluster cluster, String script) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.synapse.sdk.experiments.ExperimentsCommand",
                "worker",
                "--server=" + server.baseUrl(),
                "--data-dir=" + folder.resolve("worker"),
                "--ray-address=" + cluster.address()));
        command.addAll(List.of("--", "sh", "-c", script));
        ProcessBuilder program = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors").toFile());
        program.environment().put("SYNAPSE_EXPERIMENTS_TOKEN", server.token());
        return program.start();
    }
}
