package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Parts of a cluster die while a log is followed, over several protocols at the same time. Where the log survives it is
 * followed to its end; where it does not, that is said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@Tag("one-jdk")
class RayClusterFaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private RayCluster cluster;
    private RayClient client;

    /** What the cluster runs. */
    RayRelease release() {
        return RayRelease.CURRENT;
    }

    @BeforeAll
    void start() throws IOException {
        cluster = RayCluster.start(release());
        client = cluster.client();
    }

    @AfterAll
    void stop() throws IOException {
        if (cluster != null) {
            client.close();
            cluster.close();
        }
    }

    @Test
    void aDashboardThatIsKilledAndComesBack() throws Exception {
        Path enough = directory.resolve("enough for the dashboard");
        String job = client.submitJob(JobSubmission.of(linesUntil(enough)));
        List<Following> all = followOverEach(job, TailProtocol.values());

        cluster.kill9(cluster.dashboard());
        cluster.startDashboard();
        Files.createFile(enough);

        for (Following following : all) {
            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
        }
    }

    /** Those for jobs and for the state API, through which all of a log comes; the dashboard starts them again. */
    @Test
    void subprocessesOfTheDashboardThatAreKilled() throws Exception {
        assumeTrue(release() == RayRelease.CURRENT, "the dashboard of older releases is one process");
        Path enough = directory.resolve("enough for the subprocesses");
        String job = client.submitJob(JobSubmission.of(linesUntil(enough)));
        List<Following> all = followOverEach(job, TailProtocol.values());

        for (long subprocess : List.of(cluster.jobHead(), cluster.stateHead())) {
            cluster.kill9(subprocess);
            long before = Files.size(cluster.jobLog(job));
            all.forEach(following -> following.awaitBytes(before + 2_000));
        }
        Files.createFile(enough);

        for (Following following : all) {
            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
        }
    }

    @Test
    void aNodeThatDiesTakesTheRestOfItsLogsAlong() throws Exception {
        RayNode second = cluster.startNode("second");
        String job = client.submitJob(on(second, linesUntil(directory.resolve("never"))));
        List<Following> all = followOverEach(job, TailProtocol.values());

        cluster.kill9(second.raylet());

        for (Following following : all) {
            LogLostException lost = following.assertFailed(second.jobLog(job), LogLostException.class);
            long delivered = following.received().getBytes(StandardCharsets.UTF_8).length;
            assertThat(lost)
                    .hasMessage("the rest of the log of job " + job + " is lost: it was on node " + second.id()
                            + ", which is dead; " + delivered + " bytes of it were delivered before");
            assertThat(lost.statusCode()).isEqualTo(410);
            assertThat(lost.delivered().bytes()).isEqualTo(delivered).isPositive();
        }
        assertThat(client.getJob(job).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void aNodeWhoseAgentIsOffIsSaidToBeUnreadable() throws Exception {
        assumeTrue(release() == RayRelease.CURRENT, "an older release names the agent that has the port");
        RayNode mute = cluster.startNodeWithoutAgent("mute");
        String job = StartedJob.submit(client, on(mute, "echo unread; sleep 20"));
        for (TailProtocol protocol : TailProtocol.values()) {
            try (Following following = Following.start(client, job, protocol)) {
                assertThat(following.assertFailed(mute.jobLog(job), ServerException.class))
                        .hasMessageContaining("nothing can read files of node " + mute.id())
                        .hasMessageContaining("its dashboard agent is off");
            }
        }
        client.stopJob(job);
    }

    /** A reader that rests meanwhile. */
    @ParameterizedTest
    @EnumSource
    void aJobThatIsDeletedInMidTail(TailProtocol protocol) throws Exception {
        String job = client.submitJob(JobSubmission.of("seq 300000; sleep 100"));
        try (LogStream log = client.tailJobLogs(job, Following.options(protocol))) {
            Iterator<String> rest = log.iterator();
            List<String> lines = new ArrayList<>();
            while (!lines.contains("10")) {
                lines.add(rest.next());
            }
            client.stopJob(job);
            client.waitForJob(job, PATIENCE);
            client.deleteJob(job);

            NotFoundException deleted =
                    catchThrowableOfType(NotFoundException.class, () -> rest.forEachRemaining(lines::add));

            String received = String.join("\n", lines);
            String whole = Following.text(cluster.jobLog(job)).stripTrailing();
            Following.assertSame(received, whole.substring(0, received.length()));
            if (deleted == null) {
                assertThat(received).hasSameSizeAs(whole);
                assertThat(log.finalStatus()).contains(JobStatus.STOPPED);
            } else {
                assertThat(deleted).hasMessageContaining("job " + job + " was deleted while its log was followed");
                assertThat(log.finalStatus()).isEmpty();
            }
        }
    }

    /** Returns when each of them is in the middle of it. */
    private List<Following> followOverEach(String job, TailProtocol... protocols) {
        List<Following> all = Arrays.stream(protocols)
                .map(protocol -> Following.start(client, job, protocol))
                .toList();
        all.forEach(following -> following.awaitText("\nline 100\n"));
        return all;
    }

    private static String linesUntil(Path enough) {
        return "while [ ! -e '" + enough + "' ]; do i=$((i+1)); echo \"line $i\"; sleep 0.01; done; echo end";
    }

    private static JobSubmission on(RayNode node, String entrypoint) {
        return JobSubmission.of(entrypoint).entrypointResources(Map.of(node.name(), 1.0));
    }
}
