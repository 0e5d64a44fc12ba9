package io.synapse.sdk.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.experiment.ExperimentJob;
import io.synapse.sdk.experiment.ExperimentStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker whose jobs run at an agent, which outlives it. */
class WorkerAtAgentTest {
    @TempDir
    Path folder;

    private EmbeddedAgent agent;
    private AgentClient jobs;
    private TestServer server;

    @BeforeEach
    void start() {
        agent = EmbeddedAgent.start();
        jobs = AgentClient.builder()
                .baseUrl(agent.baseUrl())
                .agentToken(agent.token())
                .build();
        server = TestServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        jobs.close();
        agent.close();
    }

    private String counting() {
        return "number=0; until [ -e " + folder + "/go ]; do echo $number; number=$((number + 1)); sleep 0.05; done";
    }

    @Test
    void aCancelledJobIsStoppedAtTheAgent() throws IOException {
        String uid = server.submit();
        try (ExperimentWorker worker =
                server.worker("worker", counting()).jobs(jobs).start()) {
            server.awaitStatus(uid, ExperimentStatus.RUNNING);

            server.client().cancelExperiment(uid);

            await().atMost(TestServer.PATIENCE).until(() -> worker.activeJobs().isEmpty());
            assertThat(jobs.getJob(uid + "-1").status()).isEqualTo(JobStatus.STOPPED);
            assertThat(server.status(uid)).isEqualTo(ExperimentStatus.CANCELLED);
        }
    }

    @Test
    void aWorkerThatIsKilledIsFollowedByOneThatGoesOnWithTheSameJob() throws IOException {
        String uid = server.submit();
        Process first = program();
        awaitLines(uid, 3);
        first.destroyForcibly().onExit().join();

        Process second = program();
        try {
            awaitLines(uid, lines(uid).size() + 3);
            Files.createFile(folder.resolve("go"));
            ExperimentJob job = server.end(uid);

            assertThat(job.status()).isEqualTo(ExperimentStatus.COMPLETED);
            assertThat(job.attempt()).isEqualTo(1);
            assertThat(jobs.listJobs()).hasSize(1);
            assertThat(lines(uid))
                    .isEqualTo(IntStream.range(0, lines(uid).size())
                            .mapToObj(Integer::toString)
                            .toList());
        } finally {
            second.destroyForcibly().onExit().join();
        }
    }

    private void awaitLines(String uid, int least) {
        await().atMost(TestServer.PATIENCE).until(() -> lines(uid).size() >= least);
    }

    private List<String> lines(String uid) throws IOException {
        return Files.exists(server.log(uid)) ? Files.readAllLines(server.log(uid)) : List.of();
    }

    private Process program() throws IOException {
        ProcessBuilder program = TestWorkers.command(
                        server.address(),
                        server.token(),
                        folder.resolve("worker"),
                        "--agent-url=" + agent.baseUrl(),
                        "--",
                        "sh",
                        "-c",
                        counting())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors").toFile());
        program.environment().put("SYNAPSE_AGENT_TOKEN", agent.token());
        return program.start();
    }
}
