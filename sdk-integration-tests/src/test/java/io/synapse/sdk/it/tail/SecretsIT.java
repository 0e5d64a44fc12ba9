package io.synapse.sdk.it.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With every logger of the client and its libraries wide open, the token is in no line that is logged. */
@Timeout(60)
class SecretsIT {
    @ParameterizedTest
    @EnumSource(TailProtocol.class)
    void theTokenIsNeverLogged(TailProtocol protocol, @TempDir Path directory) throws Exception {
        Agent agent = Agent.start(directory);
        try (AgentClient client = agent.client()) {
            String job = client.submitJob(JobSubmission.of("seq 1 100"));

            String logged = followWithEveryLoggerOpen(agent, job, protocol);

            assertThat(logged).contains("GET " + agent.url() + "/jobs/" + job).doesNotContain(agent.token());
        } finally {
            agent.kill();
        }
    }

    private static String followWithEveryLoggerOpen(Agent agent, String job, TailProtocol protocol)
            throws IOException, InterruptedException {
        Process follower = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Follower.class.getName(),
                        agent.url().toString(),
                        agent.token(),
                        job,
                        protocol.name(),
                        "0")
                .redirectErrorStream(true)
                .start();
        String output = new String(follower.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(follower.waitFor()).isZero();
        return output;
    }
}
