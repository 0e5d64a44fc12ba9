package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.ExperimentSubmission;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker and its server in one JVM; the jobs are processes. */
class ExperimentWorkerTest {
    private static final Duration PATIENCE = TestServer.PATIENCE;

    @TempDir
    Path folder;

    private TestServer server;
    private ExperimentClient client;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Duration.ofSeconds(6));
        client = server.client();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ExperimentWorker.Builder worker(String script) throws IOException {
        return server.worker("worker", script);
    }

    @Test
    void variablesOfASubmissionAreThoseOfItsJobButNotThatOfItsUid() throws IOException {
        String uid = client.submitExperiment(ExperimentSubmission.ofConfig("lr: 0.1\n")
                        .project("demo")
                        .environmentVariable("SEED", "7 'x'")
                        .environmentVariable("SYNAPSE_EXPERIMENT_UID", "other"))
                .experimentUid();
        try (ExperimentWorker worker =
                worker("echo \"$SEED $SYNAPSE_EXPERIMENT_UID\"").start()) {
            assertThat(client.waitForExperiment(uid, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(client.getExperimentLogs(uid)).isEqualTo("7 'x' " + uid + "\n");
            assertThat(worker.isDraining()).isFalse();
        }
    }

    @Test
    void aRecordThatCannotBeReadKeepsNoOtherJobFromRunning() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("worker/jobs/x-1"));
        Files.writeString(broken.resolve("job.json"), "{\"uid");
        String uid = submit("lr: 0.1\n");
        try (ExperimentWorker worker = worker("true").start()) {
            assertThat(client.waitForExperiment(uid, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(worker.activeJobs()).doesNotContain("x");
        }
    }

    private String submit(String config) {
        return client.submitExperiment(ExperimentSubmission.ofConfig(config).project("demo"))
                .experimentUid();
    }

    @Test
    void aJobRunsWithItsConfigAndItsOutputIsAtTheServerByteForByte() throws IOException {
        String script = """
                cat "$1"; printf 'half a line, \\303'; sleep 0.3; printf '\\244 and \\377 no character'
                echo "$SYNAPSE_EXPERIMENT_UID $SYNAPSE_EXPERIMENT_PROJECT $SYNAPSE_EXPERIMENT_ATTEMPT"
                yes 'a line of many' | head -n 100000
                exit 3""";
        String uid = submit("lr: 0.1\nname: ä\n");
        try (ExperimentWorker worker = worker(script).start()) {
            ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

            assertThat(job.status()).isEqualTo(ExperimentStatus.FAILED);
            assertThat(job.exitCode()).isEqualTo(3);
            await().atMost(PATIENCE).until(() -> worker.activeJobs().isEmpty());
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        written.writeBytes("lr: 0.1\nname: ä\nhalf a line, ä and ".getBytes(StandardCharsets.UTF_8));
        written.write(0xff);
        written.writeBytes((" no character" + uid + " demo 1\n" + "a line of many\n".repeat(100_000))
                .getBytes(StandardCharsets.UTF_8));
        assertThat(server.log(uid)).hasBinaryContent(written.toByteArray());
    }

    @Test
    void metricsOfAFileThatIsWrittenAnewAtEachStepAreThoseOfTheFile() throws IOException {
        String script = """
                mkdir -p logs/demo; echo 'epochs: 5' >logs/demo/run_a.yaml
                printf 'step,loss\\n' >all
                for step in 0 1 2; do
                  printf '%s,0.%s\\n' $step $step >>all; cp all logs/demo/run_a.csv; sleep 0.2
                done
                printf 'step,loss,accuracy\\n0,0.0,\\n1,0.1,\\n2,0.2,\\n3,0.3,0.9\\n' >logs/demo/run_a.csv""";
        String uid = submit("lr: 0.1\n");
        try (ExperimentWorker worker = worker(script).start()) {
            assertThat(client.waitForExperiment(uid, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(worker.hostId()).isEqualTo("worker");
        }
        Path here = folder.resolve("worker/jobs/" + uid + "-1/work/logs/demo/run_a.csv");
        assertThat(folder.resolve("server/logs/demo/run_a.csv")).hasSameBinaryContentAs(here);
        assertThat(folder.resolve("server/logs/demo/run_a.yaml")).hasContent("epochs: 5");
        assertThat(client.getRun("demo", "run_a").finalMetrics()).containsEntry("accuracy", 0.9);
    }

    @Test
    void theServerSeesRealFiguresOfTheMachine() throws IOException {
        try (ExperimentWorker worker = worker("true").start()) {
            await().atMost(PATIENCE).until(() -> !client.listDevices().isEmpty());
            assertThat(client.listDevices()).singleElement().satisfies(device -> {
                assertThat(device.hostId()).isEqualTo(worker.hostId());
                assertThat(device.memoryTotal()).isGreaterThan(0.1);
                assertThat(device.memoryUsed()).isBetween(0.01, device.memoryTotal());
                assertThat(device.diskFree()).isPositive();
                assertThat(device.cpuUtil()).isBetween(0.0, 100.0);
            });
        }
    }

    @Test
    void theServerKnowsTheGpusAndAJobSeesThoseThatItHas() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Path command = Files.writeString(programs.resolve("nvidia-smi"), """
                #!/bin/sh
                case "$1" in --query-gpu=*)
                  echo '0, Tesla T4, GPU-a, 90, 15000, 15360, 71, 70.25'
                  echo '1, Tesla T4, GPU-b, 0, 512, 15360, 33, 9.75' ;;
                esac
                """);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
        Path script = Files.writeString(folder.resolve("job.sh"), "echo \"GPU $CUDA_VISIBLE_DEVICES\"");
        Map<String, String> path = Map.of("PATH", programs + ":" + System.getenv("PATH"));
        try (WorkerProcess worker = server.process("worker", script, path)) {
            String uid = submit("lr: 0.1\n");

            assertThat(client.waitForExperiment(uid, PATIENCE).assignedDevice()).isEqualTo("worker:1");
            assertThat(client.getExperimentLogs(uid)).isEqualTo("GPU 1\n");
            assertThat(client.listDevices()).singleElement().satisfies(device -> {
                assertThat(device.gpuCount()).isEqualTo(2);
                assertThat(device.gpuUtil()).isEqualTo(45);
                assertThat(device.vramTotal()).isEqualTo(30);
                assertThat(device.gpuTemperature()).isEqualTo(71);
                assertThat(device.gpuPowerUsage()).isEqualTo(80);
                assertThat(device.gpus()).hasSize(2);
            });
            worker.kill();
        }
    }

    @Test
    void aJobRunsAtAnAgentWithItsConfigAndItsLogIsCopied() throws IOException {
        String uid = submit("name: it's\nlr: $HOME\n");
        try (EmbeddedAgent agent = EmbeddedAgent.start();
                AgentClient jobs = AgentClient.builder()
                        .baseUrl(agent.baseUrl())
                        .agentToken(agent.token())
                        .build();
                ExperimentWorker worker = worker("cat \"$1\"; seq 20000; echo $SYNAPSE_EXPERIMENT_ATTEMPT; exit 4")
                        .jobs(jobs)
                        .submission(submission -> submission.metadata(Map.of("by", "worker")))
                        .start()) {
            ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

            assertThat(job.exitCode()).isEqualTo(4);
            assertThat(worker.hostId()).isEqualTo("worker");
            assertThat(jobs.getJob(uid + "-1").metadata()).containsEntry("by", "worker");
            assertThat(client.getExperimentLogs(uid))
                    .isEqualTo(jobs.getJobLogs(uid + "-1"))
                    .startsWith("name: it's\nlr: $HOME\n1\n2\n")
                    .endsWith("\n20000\n1\n");
        }
    }

    @Test
    void aJobThatIsStoppedWithItsWorkerIsDoneAgain() throws IOException {
        String script = "echo $$ >>" + folder + "/pids; [ $SYNAPSE_EXPERIMENT_ATTEMPT = 2 ] || sleep 600";
        String uid = submit("lr: 0.1\n");
        try (ExperimentWorker worker = worker(script).start()) {
            await().atMost(PATIENCE)
                    .until(() -> TestWorkers.pids(folder.resolve("pids")).size() == 1
                            && client.getExperimentJob(uid).status().equals(ExperimentStatus.RUNNING));

            worker.stopJobs();

            assertThat(TestWorkers.pids(folder.resolve("pids"))).noneMatch(TestWorkers::isAlive);
            assertThat(worker.activeJobs()).isEmpty();
            assertThat(client.getExperimentJob(uid).status().isTerminal()).isFalse();
        }
        try (ExperimentWorker next = worker(script).start()) {
            ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

            assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(job.attempt()).isEqualTo(2);
            assertThat(next.isDraining()).isFalse();
        }
    }

    @Test
    void aFileThatCannotBeReadKeepsNeitherTheOthersNorTheEndFromTheServer() throws IOException {
        String script = "mkdir -p logs/demo/folder.csv; ln -s /nowhere logs/demo/link.csv;"
                + " printf 'step,loss\\n0,1\\n' >logs/demo/run_b.csv; : >'logs/demo/no name?.csv'";
        String uid = submit("lr: 0.1\n");
        try (ExperimentWorker worker = worker(script).start()) {
            assertThat(client.waitForExperiment(uid, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(client.getRun("demo", "run_b").finalMetrics()).containsEntry("loss", 1.0);
            assertThat(worker.isDraining()).isFalse();
        }
    }

    @Test
    void aCancelledJobEndsWithAllItsProcesses() throws IOException {
        String script =
                "trap '' TERM; (trap '' TERM; sleep 600 & echo $! >>../pids; wait) & echo $$ >>../pids; sleep 600";
        String uid = submit("lr: 0.1\n");
        try (ExperimentWorker worker = worker(script).start()) {
            Path pids = folder.resolve("worker/jobs/" + uid + "-1/pids");
            await().atMost(PATIENCE)
                    .until(() -> TestWorkers.pids(pids).size() == 2
                            && client.getExperimentJob(uid).status().equals(ExperimentStatus.RUNNING));
            List<Long> processes = TestWorkers.pids(pids);

            client.cancelExperiment(uid);

            await().atMost(PATIENCE).until(() -> worker.activeJobs().isEmpty());
            assertThat(processes).noneMatch(TestWorkers::isAlive);
            assertThat(client.getExperimentJob(uid).status()).isEqualTo(ExperimentStatus.CANCELLED);
            await().atMost(PATIENCE).until(() -> !client.getExperimentJob(uid).isStopping());
        }
    }

    @Test
    void aDrainedWorkerFinishesWhatItHasAndTakesNoMore() throws IOException {
        Path go = folder.resolve("go");
        String first = submit("lr: 0.1\n");
        try (ExperimentWorker worker =
                worker("until [ -e '" + go + "' ]; do sleep 0.1; done").start()) {
            await().atMost(PATIENCE)
                    .until(() -> client.getExperimentJob(first).status().equals(ExperimentStatus.RUNNING));
            worker.drain();
            String second = submit("lr: 0.2\n");
            Files.createFile(go);

            assertThat(client.waitForExperiment(first, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
            await().atMost(PATIENCE).until(() -> worker.activeJobs().isEmpty());
            await().during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .until(() -> client.getExperimentJob(second).status().equals(ExperimentStatus.QUEUED));
        }
    }

    @Test
    void aJobWhoseProgramIsNotThereFailsAndSaysSo() throws IOException {
        String uid = submit("lr: 0.1\n");
        try (ExperimentWorker worker =
                worker("true").command("/nowhere/python", "{config}").start()) {
            ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

            assertThat(job.status()).isEqualTo(ExperimentStatus.FAILED);
            assertThat(job.exitCode()).isEqualTo(127);
            assertThat(job.errorMessage()).contains("/nowhere/python");
            assertThat(worker.isDraining()).isFalse();
        }
    }

    @Test
    void aSecondWorkerOnTheSameDataIsRefused() throws IOException {
        try (ExperimentWorker worker = worker("true").start()) {
            assertThatThrownBy(() -> worker("true").start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("data directory");
            assertThat(worker.activeJobs()).isEmpty();
        }
    }

    @Test
    void aSecondWorkerOfTheSameNameIsToldSoAndTakesNoJobs() throws IOException {
        String first = submit("lr: 0.1\n");
        Path go = folder.resolve("go");
        String script = "until [ -e '" + go + "' ]; do sleep 0.1; done";
        try (ExperimentWorker worker = worker(script).start()) {
            server.awaitStatus(first, ExperimentStatus.RUNNING);
            String second = submit("lr: 0.2\n");
            try (ExperimentWorker other =
                    server.worker("other", script).hostId(worker.hostId()).start()) {
                await().during(Duration.ofSeconds(3))
                        .atMost(PATIENCE)
                        .until(() -> server.status(second).equals(ExperimentStatus.QUEUED));
                assertThat(other.activeJobs()).isEmpty();
                assertThat(server.status(first)).isEqualTo(ExperimentStatus.RUNNING);
                Files.createFile(go);
                assertThat(server.end(first).attempt()).isEqualTo(1);
                assertThat(server.end(second).attempt()).isEqualTo(1);
                assertThat(folder.resolve("worker/jobs/" + second + "-1")).exists();
            }
        }
    }

    @Test
    void aWorkerThatCannotPutJobsOnRecordTakesNone() throws IOException {
        Path obstacle = Files.createDirectories(folder.resolve("worker/jobs/room/x")); // where it tries to write
        try (ExperimentWorker worker = worker("true").start()) {
            await().atMost(PATIENCE).until(() -> !client.listDevices().isEmpty());
            String uid = submit("lr: 0.1\n");
            await().during(Duration.ofSeconds(2))
                    .atMost(PATIENCE)
                    .until(() -> server.status(uid).equals(ExperimentStatus.QUEUED));

            Files.delete(obstacle);

            assertThat(server.end(uid).status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(client.getExperimentJob(uid).attempt()).isEqualTo(1);
            assertThat(worker.activeJobs()).isEmpty();
        }
    }

    @Test
    void aProjectMayHaveSpacesInItsName() throws IOException {
        String script = "mkdir -p \"logs/$1\"; printf 'step,loss\\n0,1\\n' >\"logs/$1/run a.csv\"";
        String uid = client.submitExperiment(ExperimentSubmission.ofConfig("lr: 0.1\n")
                        .project("my first project")
                        .name("a name with 'quotes' and spaces"))
                .experimentUid();
        Path file = Files.writeString(folder.resolve("spaces.sh"), script);
        try (ExperimentWorker worker =
                worker("true").command("sh", file.toString(), "{project}").start()) {
            assertThat(client.waitForExperiment(uid, PATIENCE).status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(client.getRun("my first project", "run a").finalMetrics())
                    .containsEntry("loss", 1.0);
            assertThat(worker.isDraining()).isFalse();
        }
    }

    @Test
    void badSettingsAreRefusedBeforeAnythingStarts() {
        ExperimentWorker.Builder builder = ExperimentWorker.builder();
        assertThatThrownBy(() -> builder.hostId("../x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxJobs(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.command()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.heartbeat(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(builder::start).isInstanceOf(IllegalArgumentException.class);
    }
}
