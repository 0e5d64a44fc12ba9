package io.synapse.sdk.experiments.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.embedded.internal.job.LocalJob;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobPauseTest {
    private static final TakenJob JOB = new TakenJob("u", 1, "demo", null, Map.of());

    @TempDir
    Path folder;

    /** So it is while the server is away. */
    @Test
    void whatAnEarlierProcessOfTheWorkerHasSuspendedStaysSoUntilTheServerSaysOtherwise() throws IOException {
        try (EmbeddedAgent agent = EmbeddedAgent.builder().dataDirectory(folder).start();
                AgentClient jobs = AgentClient.builder()
                        .baseUrl(agent.baseUrl())
                        .agentToken(agent.token())
                        .build()) {
            jobs.submitJob(JobSubmission.of("echo $$; exec sleep 600").submissionId(JOB.submissionId()));
            LocalJob local = new LocalJob(folder, JOB.submissionId());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(local.log()) && Files.size(local.log()) > 0);
            Path stat = Path.of("/proc/" + Files.readString(local.log()).strip() + "/stat");
            await().until(() -> local.suspend() && isSuspended(stat));
            JobPlace place = JobPlace.here(jobs, new CommandLineTemplate(List.of("true")), each -> each, folder, null);
            JobPause pause = new JobPause(place, JOB);

            pause.proceed();
            assertThat(isSuspended(stat)).isTrue();
            assertThat(pause.want(false)).isTrue();
            assertThat(pause.want(false)).isFalse();
            pause.proceed();
            await().until(() -> !isSuspended(stat));
            assertThat(pause.isInEffect()).isFalse();
            pause.want(true);
            await().until(() -> {
                pause.proceed();
                return pause.isInEffect() && isSuspended(stat);
            });
            jobs.stopJob(JOB.submissionId());
            jobs.waitForJob(JOB.submissionId(), Duration.ofSeconds(60));
        }
    }

    private static boolean isSuspended(Path stat) throws IOException {
        return Files.readString(stat).contains(") T ");
    }
}
