package io.synapse.sdk.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job in one call: submitted, followed, and given back when it is over. */
@Timeout(60)
class RunJobTest {
    private static EmbeddedAgent agent;
    private static AgentClient client;

    @BeforeAll
    static void start() {
        agent = EmbeddedAgent.start();
        client = Clients.of(agent);
    }

    @AfterAll
    static void stop() {
        client.close();
        agent.close();
    }

    @Test
    void theLinesComeAndThenTheJob() {
        List<String> lines = new ArrayList<>();

        Job job = client.runJob(JobSubmission.of("echo one; echo two; exit 3"), lines::add);

        assertThat(lines).containsExactly("one", "two");
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.driverExitCode()).isEqualTo(3);
    }

    @Test
    void theAsynchronousTwinDoesTheSame() {
        List<String> lines = new CopyOnWriteArrayList<>();

        CompletableFuture<Job> job = client.async().runJob(JobSubmission.of("echo one; echo two"), lines::add);

        assertThat(job)
                .succeedsWithin(30, TimeUnit.SECONDS)
                .extracting(Job::status)
                .isEqualTo(JobStatus.SUCCEEDED);
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void anInterruptStopsTheJobIfAsked() {
        Thread caller = Thread.currentThread();
        JobSubmission submission = JobSubmission.of("echo begun; sleep 600").submissionId("interrupted");

        assertThatThrownBy(() -> client.runJob(submission, line -> caller.interrupt(), true))
                .isInstanceOf(CallCancelledException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.waitForJob("interrupted", Duration.ofSeconds(30)).status())
                .isEqualTo(JobStatus.STOPPED);
    }

    @Test
    void anInterruptLeavesTheJobAloneOtherwise() {
        Thread caller = Thread.currentThread();
        JobSubmission submission = JobSubmission.of("echo begun; sleep 600").submissionId("left");

        assertThatThrownBy(() -> client.runJob(submission, line -> caller.interrupt()))
                .isInstanceOf(CallCancelledException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(client.getJob("left").status()).isEqualTo(JobStatus.RUNNING);
        client.stopJob("left");
    }

    @Test
    void cancellingTheFutureStopsTheJobIfAsked() {
        List<String> lines = new CopyOnWriteArrayList<>();
        JobSubmission submission = JobSubmission.of("echo begun; sleep 600").submissionId("cancelled");
        CompletableFuture<Job> job = client.async().runJob(submission, lines::add, true);
        await().until(() -> lines.contains("begun"));

        job.cancel(false);

        assertThat(client.waitForJob("cancelled", Duration.ofSeconds(30)).status())
                .isEqualTo(JobStatus.STOPPED);
    }
}
