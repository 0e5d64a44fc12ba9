package io.synapse.sdk.it.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job's life, from its submission to its deletion, on an agent in another process. */
@Timeout(60)
class JobsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private Agent agent;
    private FaultProxy proxy;
    private AgentClient client;

    @BeforeEach
    void start() throws IOException {
        agent = Agent.start(directory);
        proxy = FaultProxy.inFrontOf(agent.url());
        client = AgentClient.builder()
                .baseUrl(proxy.uri())
                .agentToken(agent.token())
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        proxy.close();
        agent.kill();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSubmissionWhoseReplyIsLostIsOneJob(boolean async) {
        proxy.next(Fault.loseReply().on("POST", "/jobs/"));
        JobSubmission submission = JobSubmission.of("echo once");

        String id = async ? client.async().submitJob(submission).join() : client.submitJob(submission);

        assertThat(client.listJobs()).singleElement().extracting(Job::id).isEqualTo(id);
        assertThat(client.waitForJob(id, PATIENCE).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(client.getJobLogs(id)).isEqualTo("once\n");
    }

    @Test
    void waitingTellsOfEachStateUntilTheEnd() {
        String id = client.submitJob(JobSubmission.of("sleep 1; exit 3"));
        List<JobStatus> told = new CopyOnWriteArrayList<>();

        Job job = client.waitForJob(id, PATIENCE, seen -> told.add(seen.status()));

        assertThat(told).doesNotHaveDuplicates().endsWith(JobStatus.RUNNING, JobStatus.FAILED);
        assertThat(job.driverExitCode()).isEqualTo(3);
        assertThat(client.listJobs()).singleElement().isEqualTo(job);
    }

    @ParameterizedTest
    @EnumSource
    void aStoppedJobsLogEndsAndTheJobCanBeDeleted(TailProtocol protocol) {
        String id = client.submitJob(JobSubmission.of("echo begun; sleep 60"));
        try (LogStream log = client.tailJobLogs(id, TailOptions.DEFAULT.protocol(protocol))) {
            Iterator<String> lines = log.iterator();
            assertThat(lines.next()).isEqualTo("begun");
            assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> client.deleteJob(id));

            client.stopJob(id);

            lines.forEachRemaining(line -> {}); // the shell's word of farewell
            assertThat(log.finalStatus()).contains(JobStatus.STOPPED);
        }
        assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> client.stopJob(id));

        client.deleteJob(id);

        assertThat(client.listJobs()).isEmpty();
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getJob(id));
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> client.getJobLogs(id));
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberGetsAsManyLinesAsItAsksFor(TailProtocol protocol) throws Exception {
        String id = client.submitJob(JobSubmission.of("seq 1 20000"));
        LineSubscriber subscriber = new LineSubscriber();
        TailOptions options = TailOptions.DEFAULT.protocol(protocol).limits(StreamLimits.NONE);
        try (LogPublisher log = client.async().tailJobLogs(id, options)) {
            log.subscribe(subscriber);

            subscriber.request(7);
            Awaitility.await().until(() -> subscriber.lines().size() >= 7);
            // Time enough for a line too many: the job ends meanwhile, and its whole log is there.
            client.waitForJob(id, PATIENCE);
            assertThat(subscriber.lines()).hasSize(7);
            assertThat(log.completion()).isNotDone();

            subscriber.request(Long.MAX_VALUE);
            assertThat(log.completion().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(JobStatus.SUCCEEDED);
        }
        assertThat(subscriber.lines())
                .isEqualTo(IntStream.rangeClosed(1, 20_000)
                        .mapToObj(Integer::toString)
                        .toList());
    }
}
