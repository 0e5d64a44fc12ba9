package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.embedded.EmbeddedAgent;
import io.synapse.sdk.it.tail.Agent;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logs of a real Ray cluster's jobs, followed on an agent; the file on the node's disk is the truth about them. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class AgentOnRayLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** About 7 MB over about 5 s. */
    private static final String A_HUNDRED_THOUSAND_LINES =
            "for part in $(seq 1 50); do seq -f \"part $part: line %.0f, größe 漢字 😀, and some more\" 1 2000;"
                    + " sleep 0.1; done";

    @TempDir
    private Path directory;

    private FaultProxy toRay;
    private EmbeddedAgent agent;
    private AgentClient client;

    @BeforeEach
    void start(RayCluster cluster) throws IOException {
        toRay = FaultProxy.inFrontOf(cluster.address());
        agent = EmbeddedAgent.builder()
                .rayAddress(toRay.uri().toString())
                .heartbeat(Duration.ofMillis(200))
                .start();
        client = client(agent.baseUrl());
    }

    @AfterEach
    void stop() {
        client.close();
        agent.close();
        toRay.close();
    }

    @ParameterizedTest
    @EnumSource(TailProtocol.class)
    void aHundredThousandLinesOverConnectionsThatAreCutEvery200Milliseconds(TailProtocol protocol, RayCluster cluster)
            throws Exception {
        String job = client.submitJob(JobSubmission.of(A_HUNDRED_THOUSAND_LINES));
        try (FaultProxy toAgent = FaultProxy.inFrontOf(agent.baseUrl());
                AgentClient cutOff = client(toAgent.uri());
                Following following = Following.start(cutOff, job, protocol)) {
            toAgent.cutEvery(Duration.ofMillis(200));

            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
            assertThat(following.statistics().lines()).isGreaterThan(100_000);
            assertThat(following.statistics().reconnects()).isGreaterThan(3);
            assertThat(readings()).as("readings of the cluster's log").isLessThanOrEqualTo(2);
        }
    }

    @Test
    void whatBreaksBetweenAgentAndClusterIsNotSeenByReaders(RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of(A_HUNDRED_THOUSAND_LINES));
        try (Following following = Following.start(client, job, TailProtocol.AUTO)) {
            following.awaitText("part 5:");
            toRay.cutEvery(Duration.ofSeconds(1));

            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
            assertThat(following.statistics().reconnects()).isZero();
        }
    }

    @Test
    void anAgentThatIsKilledAndComesBack(RayCluster cluster) throws Exception {
        Agent killed = Agent.start(directory, "--ray-address", cluster.address().toString());
        try (AgentClient ofKilled = killed.client()) {
            String job = ofKilled.submitJob(JobSubmission.of(A_HUNDRED_THOUSAND_LINES));
            try (Following following = Following.start(ofKilled, job, TailProtocol.AUTO)) {
                following.awaitText("part 10:");

                killed.kill();
                killed.startAgain();

                following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
                assertThat(following.statistics().reconnects()).isPositive();
                assertThat(following.statistics().repeatedBytes()).isZero();
            }
        } finally {
            killed.kill();
        }
    }

    @Test
    void manyReadersAreOneToTheCluster(RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of("for i in $(seq 1 30); do seq 1 1000; sleep 0.1; done"));
        List<Following> readers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            readers.add(Following.start(client, job, i % 2 == 0 ? TailProtocol.WEBSOCKET : TailProtocol.HTTP));
        }

        for (Following reader : readers) {
            reader.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
        }
        assertThat(readings()).as("once while it grows, once to its end").isLessThanOrEqualTo(2);
    }

    @Test
    void invalidBytesAndCarriageReturnsAreTheSameInEachReading(RayCluster cluster) throws Exception {
        String job = client.submitJob(
                JobSubmission.of("printf 'good\\n\\377\\376 bad \\303( \\342\\202\\none\\r\\ntwo\\r'"));
        client.waitForJob(job, PATIENCE);

        for (TailProtocol protocol : TailProtocol.values()) {
            try (Following following = Following.start(client, job, protocol)) {
                following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
            }
        }
        Following.assertSame(client.getJobLogs(job), Following.text(cluster.jobLog(job)));
    }

    @Test
    void aSilentJobIsKnownToBeFollowed() throws Exception {
        String job = client.submitJob(JobSubmission.of("echo before; sleep 12; echo after"));
        try (Following following = Following.start(
                client, job, Following.options(TailProtocol.WEBSOCKET).idleTimeout(Duration.ofSeconds(5)))) {
            following.assertEnded(JobStatus.SUCCEEDED);

            assertThat(following.received()).contains("before\n", "after\n");
            assertThat(following.statistics().reconnects()).isZero();
        }
    }

    @Test
    void aJobThatIsStoppedWhileItIsFollowedEndsItsLog(RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of("echo begun; sleep 100"));
        try (Following following = Following.start(client, job, TailProtocol.AUTO)) {
            following.awaitText("begun\n");

            client.stopJob(job);

            following.assertComplete(cluster.jobLog(job), JobStatus.STOPPED);
        }
    }

    @Test
    void aLogThatWasReadToItsEndSurvivesTheClustersOwn(RayClient ray) throws Exception {
        String job = client.submitJob(JobSubmission.of("echo kept"));
        try (Following following = Following.start(client, job, TailProtocol.AUTO)) {
            following.assertEnded(JobStatus.SUCCEEDED);
        }
        long readings = readings();

        try (Following again = Following.start(client, job, TailProtocol.AUTO)) {
            again.assertEnded(JobStatus.SUCCEEDED);
            assertThat(again.received()).contains("kept\n").isEqualTo(client.getJobLogs(job));
        }
        assertThat(readings()).isEqualTo(readings);

        ray.deleteJob(job);
        client.listJobs();
        assertThat(agent.dataDirectory().resolve("ray-logs").resolve(job)).doesNotExist();
    }

    /** How often the agent has asked the cluster for the log. */
    private long readings() {
        return toRay.requests().stream()
                .filter(request -> request.path().startsWith("/api/v0/logs/")
                        || request.path().endsWith("/logs/tail"))
                .count();
    }

    private AgentClient client(URI address) {
        return AgentClient.builder().baseUrl(address).agentToken(agent.token()).build();
    }
}
