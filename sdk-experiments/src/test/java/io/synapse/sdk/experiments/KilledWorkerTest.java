package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import io.synapse.sdk.experiment.MetricTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers and servers in processes of their own, which are killed in the middle of jobs (wire/experiments.md, section 14). */
@Tag("one-jdk")
class KilledWorkerTest {
    private static final Duration PATIENCE = TestServer.PATIENCE;
    private static final Duration LEASE = Duration.ofSeconds(3);

    /** Writes a row and a line of its log a step, until a file says that it may end; each start has a line in a list. */
    private static final String TRAINING = """
            echo "$SYNAPSE_EXPERIMENT_UID $SYNAPSE_EXPERIMENT_ATTEMPT $$" >>%1$s/starts
            mkdir -p logs/demo; printf 'step,loss\\n' >rows; step=0
            while [ $step -lt 5 ] || ! [ -e %1$s/go ]; do
              printf '%%s,%%s.5\\n' $step $SYNAPSE_EXPERIMENT_ATTEMPT >>rows; cp rows logs/demo/$SYNAPSE_EXPERIMENT_UID.csv
              echo "step $step"; step=$((step + 1)); sleep 0.1
            done""";

    @TempDir
    Path folder;

    private Path training() throws IOException {
        return Files.writeString(folder.resolve("training.sh"), TRAINING.formatted(folder));
    }

    private record Start(String uid, int attempt, long pid) {}

    private List<Start> starts() throws IOException {
        Path file = folder.resolve("starts");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .map(line -> line.split(" "))
                        .map(words -> new Start(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2])))
                        .toList()
                : List.of();
    }

    private boolean hasStarted(TestServer server, String uid, int times) throws IOException {
        return starts().size() == times && server.status(uid).equals(ExperimentStatus.RUNNING);
    }

    private static void awaitRows(ExperimentClient client, String uid, int least) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> rows(client, uid) >= least);
    }

    private static int rows(ExperimentClient client, String uid) {
        return client.getMetrics("demo", uid).rows().size();
    }

    /** Each step once, in order. */
    private static void assertLogIsWhole(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        assertThat(lines)
                .isEqualTo(IntStream.range(0, lines.size())
                        .mapToObj(step -> "step " + step)
                        .toList())
                .hasSizeGreaterThanOrEqualTo(5);
    }

    @Test
    void aJobOutlivesItsWorkerAndTheNextOneGoesOnWithTheSameAttempt() throws IOException {
        Path script = training();
        try (TestServer server = TestServer.start(folder)) {
            String uid = server.submit();
            try (WorkerProcess worker = server.process("worker", script)) {
                awaitRows(server.client(), uid, 2);
                worker.kill();
            }
            long process = starts().get(0).pid();
            assertThat(TestWorkers.isAlive(process)).isTrue();

            try (WorkerProcess worker = server.process("worker", script)) {
                int before = rows(server.client(), uid);
                awaitRows(server.client(), uid, before + 2);
                assertThat(TestWorkers.isAlive(process)).isTrue();
                Files.createFile(folder.resolve("go"));
                ExperimentJob job = server.end(uid);

                assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(job.attempt()).isEqualTo(1);
                assertThat(starts()).hasSize(1);
                worker.kill();
            }
            assertLogIsWhole(server.log(uid));
        }
    }

    @Test
    void aJobThatEndedWhileItsWorkerWasAwayIsReportedByTheNext() throws IOException {
        Path script = training();
        try (TestServer server = TestServer.start(folder)) {
            String uid = server.submit();
            try (WorkerProcess worker = server.process("worker", script)) {
                await().atMost(PATIENCE).until(() -> hasStarted(server, uid, 1));
                worker.kill();
            }
            long process = starts().get(0).pid();
            Files.createFile(folder.resolve("go"));
            await().atMost(PATIENCE).until(() -> !TestWorkers.isAlive(process));

            try (WorkerProcess worker = server.process("worker", script)) {
                assertThat(server.end(uid).status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(starts()).hasSize(1);
                worker.kill();
            }
            assertLogIsWhole(server.log(uid));
        }
    }

    @Test
    void aJobWhoseMachineIsGoneRunsElsewhereAndItsRowsAreKeptOnce() throws IOException {
        Path script = training();
        try (TestServer server = TestServer.start(folder, LEASE)) {
            String uid = server.submit();
            try (WorkerProcess worker = server.process("worker1", script)) {
                awaitRows(server.client(), uid, 30);
                worker.kill();
                killJobs();
            }
            int kept = rows(server.client(), uid);
            try (WorkerProcess worker = server.process("worker2", script)) {
                await().atMost(PATIENCE).until(() -> hasStarted(server, uid, 2));
                Files.createFile(folder.resolve("go"));
                ExperimentJob job = server.end(uid);

                assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(job.attempt()).isEqualTo(2);
                assertThat(job.retryCount()).isEqualTo(1);
                worker.kill();
            }
            MetricTable table = server.client().getMetrics("demo", uid);
            assertThat(table.rows()).hasSize(kept);
            assertThat(Files.readAllLines(folder.resolve("server/logs/demo/" + uid + ".csv")))
                    .startsWith("step,loss", "0,2.5", "1,2.5")
                    .endsWith((kept - 1) + ",1.5")
                    .hasSize(kept + 1);
            assertLogIsWhole(server.log(uid));
        }
    }

    @Test
    void aWorkerThatIsBackAfterItsJobWasGivenAwayEndsItsOwnCopy() throws IOException {
        Path script = training();
        try (TestServer server = TestServer.start(folder, LEASE);
                WorkerProcess first = server.process("worker1", script)) {
            String uid = server.submit();
            awaitRows(server.client(), uid, 2);
            first.pause();
            try (WorkerProcess second = server.process("worker2", script)) {
                await().atMost(PATIENCE).until(() -> hasStarted(server, uid, 2));
                first.resume();
                await().atMost(PATIENCE)
                        .until(() -> !TestWorkers.isAlive(starts().get(0).pid()));
                assertThat(TestWorkers.isAlive(starts().get(1).pid())).isTrue();
                Files.createFile(folder.resolve("go"));
                ExperimentJob job = server.end(uid);

                assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(job.attempt()).isEqualTo(2);
                assertThat(starts()).hasSize(2);
                second.kill();
            }
            assertLogIsWhole(server.log(uid));
        }
    }

    @Test
    void aJobWhoseProcessesWereKilledTogetherIsDoneAgainAndDoesNotCountAsFailed() throws IOException {
        Path script = training();
        try (TestServer server = TestServer.start(folder, LEASE);
                WorkerProcess worker = server.process("worker", script)) {
            String uid = server.submit();
            await().atMost(PATIENCE).until(() -> hasStarted(server, uid, 1));
            killJobs();
            await().atMost(PATIENCE).until(() -> starts().size() == 2);
            Files.createFile(folder.resolve("go"));
            ExperimentJob job = server.end(uid);

            assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(job.attempt()).isEqualTo(2);
            worker.kill();
        }
    }

    @Test
    void aJobGoesOnWhileTheServerIsKilledAndItsEndIsReportedToTheNextServer() throws IOException {
        Path script = training();
        Path data = folder.resolve("server");
        try (ExperimentsProcess first = ExperimentsProcess.start(folder, data);
                WorkerProcess worker =
                        WorkerProcess.start(first.baseUrl(), first.token(), folder.resolve("worker"), script);
                ExperimentClient client = TestServer.client(first.baseUrl(), first.token())) {
            String uid = TestServer.submit(client);
            awaitRows(client, uid, 2);
            first.kill();
            Files.createFile(folder.resolve("go"));
            long process = starts().get(0).pid();
            await().atMost(PATIENCE).until(() -> !TestWorkers.isAlive(process));

            try (ExperimentsProcess second = ExperimentsProcess.startInPlaceOf(first, folder, data)) {
                ExperimentJob job = client.waitForExperiment(uid, PATIENCE);

                assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(job.attempt()).isEqualTo(1);
                assertThat(starts()).hasSize(1);
                assertLogIsWhole(data.resolve("queue_logs/" + uid + "/terminal_log.log"));
                worker.kill();
                second.kill();
            }
        }
    }

    /** Each is what has just been done when the worker is killed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "worker/jobs/%s-1/job.json",
                "worker/jobs/%s-1/config.yaml",
                "worker/jobs/%s-1/work",
                "worker/agent/jobs/%s-1/claim",
                "begun-%s",
                "ended-%s",
                "server/queue_logs/%s/terminal_log.log",
                "worker/jobs/%s-1/over.json"
            })
    void inWhateverPhaseOfAJobAWorkerIsKilledTheNextOneEndsTheSameAttempt(String phase) throws IOException {
        Path script = Files.writeString(folder.resolve("short.sh"), """
                cd %s; echo line; echo >>begun-$SYNAPSE_EXPERIMENT_UID; sleep 0.5; echo >>ended-$SYNAPSE_EXPERIMENT_UID""".formatted(folder));
        try (TestServer server = TestServer.start(folder)) {
            String uid;
            try (WorkerProcess worker = server.process("worker", script)) {
                uid = server.submit();
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> Files.exists(folder.resolve(phase.formatted(uid))));
                worker.kill();
            }
            try (WorkerProcess worker = server.process("worker", script)) {
                ExperimentJob job = server.end(uid);

                assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
                assertThat(job.attempt()).isEqualTo(1);
                assertThat(Files.readAllLines(folder.resolve("begun-" + uid))).hasSize(1);
                assertThat(Files.readAllLines(folder.resolve("ended-" + uid))).hasSize(1);
                assertThat(server.log(uid)).hasContent("line");
                Path over = folder.resolve("worker/jobs/" + uid + "-1/over.json");
                await().atMost(PATIENCE).until(() -> Files.exists(over));
                worker.kill();
            }
        }
    }

    @Test
    void noJobRunsTwiceAtManyWorkers() throws IOException {
        Path script = Files.writeString(
                folder.resolve("short.sh"), "echo \"$SYNAPSE_EXPERIMENT_UID\" >>" + folder.resolve("runs"));
        try (TestServer server = TestServer.start(folder)) {
            List<ExperimentWorker> workers = new ArrayList<>();
            try {
                for (int number = 0; number < 3; number++) {
                    workers.add(server.worker("worker" + number, "")
                            .command("sh", script.toString())
                            .maxJobs(2)
                            .start());
                }
                List<String> uids = IntStream.range(0, 20)
                        .mapToObj(number -> server.submit())
                        .toList();
                for (String uid : uids) {
                    assertThat(server.end(uid).status()).isEqualTo(ExperimentStatus.COMPLETED);
                }
                assertThat(Files.readAllLines(folder.resolve("runs"), StandardCharsets.UTF_8))
                        .containsExactlyInAnyOrderElementsOf(uids);
            } finally {
                workers.forEach(ExperimentWorker::close);
            }
        }
    }

    /** Ends all processes of all jobs at once, with signal 9, as a machine that goes down does. */
    private void killJobs() throws IOException {
        String mark = folder.toString();
        List<ProcessHandle> marked = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String command = commandOf(process);
                if (command.contains(mark) && !command.contains(WorkerProcess.class.getName())) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(marked::add);
                }
            }
        }
        marked.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> marked.stream().noneMatch(process -> TestWorkers.isAlive(process.pid())));
    }

    private static String commandOf(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // it has ended meanwhile
        }
    }
}
