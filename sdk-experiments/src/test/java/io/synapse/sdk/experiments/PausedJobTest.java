package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that run and are paused: their processes are suspended, and nothing of them is lost (wire/experiments.md, section 5). */
@Tag("one-jdk")
class PausedJobTest {
    /** Counts in a process of its own, with a child that changes all the time, until a file says that it may end. */
    private static final String COUNTING = """
            echo $$ >>%1$s/pids
            sh -c 'number=0; until [ -e %1$s/go ]; do echo $number; number=$((number + 1)); sleep 0.01; done' & wait""";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Duration.ofSeconds(6));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String counting() {
        return COUNTING.formatted(folder);
    }

    /** Submits a job, and returns once a worker runs it and there is output of it. */
    private String running() {
        String uid = server.submit();
        server.awaitStatus(uid, ExperimentStatus.RUNNING);
        await().atMost(TestServer.PATIENCE).until(() -> sizeOf(server.log(uid)) > 0);
        return uid;
    }

    private static long sizeOf(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private void pause(String uid) {
        server.client().pauseExperiment(uid);
        awaitPaused(uid);
    }

    /** Returns once the worker has said that all processes of the job are suspended. */
    private void awaitPaused(String uid) {
        await().atMost(TestServer.PATIENCE)
                .until(() -> server.device().pausedJobs().contains(uid));
    }

    /** The job writes nothing while two more beats come that say so. Returns how much it has written. */
    private long assertStandsStill(String uid) throws IOException {
        Path written = folder.resolve("worker/agent/jobs/" + uid + "-1/log");
        long size = Files.size(written);
        for (int count = 0; count < 2; count++) {
            Instant last = server.device().lastHeartbeat();
            await().atMost(TestServer.PATIENCE)
                    .until(() -> !server.device().lastHeartbeat().equals(last));
            assertThat(server.device().pausedJobs()).containsExactly(uid);
        }
        assertThat(written).hasSize(size);
        await().atMost(TestServer.PATIENCE).until(() -> sizeOf(server.log(uid)) == size);
        assertThat(server.status(uid)).isEqualTo(ExperimentStatus.PAUSED);
        return size;
    }

    private void assertGoesOnToItsEnd(String uid) throws IOException {
        long size = sizeOf(server.log(uid));
        await().atMost(TestServer.PATIENCE).until(() -> sizeOf(server.log(uid)) > size);
        Files.createFile(folder.resolve("go"));
        ExperimentJob job = server.end(uid);

        assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(pids()).hasSize(1);
        List<String> lines = Files.readAllLines(server.log(uid));
        assertThat(lines)
                .isEqualTo(IntStream.range(0, lines.size())
                        .mapToObj(Integer::toString)
                        .toList());
    }

    private List<Long> pids() throws IOException {
        return TestWorkers.pids(folder.resolve("pids"));
    }

    @Test
    void aPausedJobStandsStillLongerThanALeaseAndGoesOnWhereItWas() throws IOException {
        try (ExperimentWorker worker = server.worker("worker", counting()).start()) {
            String uid = running();

            pause(uid);
            assertStandsStill(uid);
            await().during(Duration.ofSeconds(8))
                    .atMost(TestServer.PATIENCE)
                    .until(() -> server.status(uid).equals(ExperimentStatus.PAUSED));
            assertStandsStill(uid);
            server.client().resumeExperiment(uid);

            assertGoesOnToItsEnd(uid);
            assertThat(worker.isDraining()).isFalse();
        }
    }

    @Test
    void aPausedJobWhoseWorkerIsKilledStaysPausedAndTheNextOneResumesIt() throws IOException {
        Path script = Files.writeString(folder.resolve("job.sh"), counting());
        String uid;
        long written;
        try (WorkerProcess worker = server.process("worker", script)) {
            uid = running();
            pause(uid);
            written = assertStandsStill(uid);
            worker.kill();
        }
        Instant last = server.device().lastHeartbeat();
        try (WorkerProcess worker = server.process("worker", script)) {
            await().atMost(TestServer.PATIENCE)
                    .until(() -> !server.device().lastHeartbeat().equals(last));
            awaitPaused(uid);
            assertThat(assertStandsStill(uid)).isEqualTo(written);
            server.client().resumeExperiment(uid);

            assertGoesOnToItsEnd(uid);
            worker.kill();
        }
    }

    @Test
    void aPausedJobThatIsResumedWhileItsWorkerIsAwayGoesOnWithTheNext() throws IOException {
        Path script = Files.writeString(folder.resolve("job.sh"), counting());
        String uid;
        try (WorkerProcess worker = server.process("worker", script)) {
            uid = running();
            pause(uid);
            worker.kill();
        }
        server.client().resumeExperiment(uid);
        try (WorkerProcess worker = server.process("worker", script)) {
            assertGoesOnToItsEnd(uid);
            worker.kill();
        }
    }

    @Test
    void aPausedJobThatIsCancelledEndsInOrder() throws IOException {
        String script = "trap 'echo tidied; exit' TERM; echo $$ >>" + folder + "/pids; echo begun;"
                + " while :; do sleep 0.01; done";
        try (ExperimentWorker worker = server.worker("worker", script).start()) {
            String uid = running();
            pause(uid);

            server.client().cancelExperiment(uid);

            await().atMost(TestServer.PATIENCE).until(() -> worker.activeJobs().isEmpty());
            assertThat(pids()).noneMatch(TestWorkers::isAlive);
            assertThat(server.status(uid)).isEqualTo(ExperimentStatus.CANCELLED);
            assertThat(Files.readAllLines(server.log(uid))).startsWith("begun").endsWith("tidied");
        }
    }

    @Test
    void aDrainedWorkerKeepsAPausedJobAndOneThatGivesItBackLeavesItPaused() throws IOException {
        String uid;
        try (ExperimentWorker worker = server.worker("worker", counting()).start()) {
            uid = running();
            pause(uid);
            worker.drain();
            assertStandsStill(uid);

            worker.stopJobs();

            assertThat(pids()).noneMatch(TestWorkers::isAlive);
        }
        try (ExperimentWorker other = server.worker("other", counting()).start()) {
            await().during(Duration.ofSeconds(8))
                    .atMost(TestServer.PATIENCE)
                    .until(() -> server.status(uid).equals(ExperimentStatus.PAUSED));
            Files.createFile(folder.resolve("go"));
            server.client().resumeExperiment(uid);

            assertThat(server.end(uid).attempt()).isEqualTo(2);
            assertThat(other.isDraining()).isFalse();
        }
    }

    @Test
    void aJobAtAnAgentCannotBePausedAndGoesOn() throws IOException {
        try (EmbeddedAgent agent = EmbeddedAgent.start();
                AgentClient jobs = AgentClient.builder()
                        .baseUrl(agent.baseUrl())
                        .agentToken(agent.token())
                        .build();
                ExperimentWorker worker =
                        server.worker("worker", counting()).jobs(jobs).start()) {
            String uid = running();

            assertThatThrownBy(() -> server.client().pauseExperiment(uid)).isInstanceOf(BadRequestException.class);

            assertThat(server.device().canPause()).isFalse();
            assertThat(worker.activeJobs()).containsExactly(uid);
            Files.createFile(folder.resolve("go"));
            assertThat(server.end(uid).status()).isEqualTo(ExperimentStatus.COMPLETED);
        }
    }
}
