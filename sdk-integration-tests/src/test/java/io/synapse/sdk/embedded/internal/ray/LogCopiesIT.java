package io.synapse.sdk.embedded.internal.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.embedded.internal.log.LogState;
import io.synapse.sdk.it.ray.RayCluster;
import io.synapse.sdk.it.ray.WithRayCluster;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.testkit.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * When logs of a real cluster are copied, and when no longer. It is in the package of the classes under test, which are
 * not public.
 */
@WithRayCluster
@Timeout(120)
@Tag("one-jdk")
class LogCopiesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void theClusterIsLeftAloneWhenTheLastFollowerHasGoneAndIsAskedAgainWhenOneComesBack(RayCluster cluster)
            throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(cluster.address());
                RayClient client = RayClient.builder().baseUrl(proxy.uri()).build();
                LogCopies copies = new LogCopies(folder, client, Duration.ofMillis(200))) {
            Job job = client.getJob(client.submitJob(JobSubmission.of("echo before; sleep 8; echo after")));
            Path file;
            try (Log.Followed first = copies.follow(job);
                    Log.Followed second = copies.follow(job)) {
                file = first.file();
                assertThat(second.file()).isEqualTo(file);
                awaitText(file, "before\n");
                copies.keepOnlyThoseOf(Set.of());
                assertThat(file).as("is followed").exists();
            }
            proxy.awaitClientGone(request -> request.path().equals("/api/v0/logs/stream"), PATIENCE);

            try (Log.Followed third = copies.follow(job)) {
                await().atMost(PATIENCE).until(() -> third.state() instanceof LogState.Complete);
            }

            assertThat(copies.complete(job)).contains(file);
            assertThat(file).hasSameTextualContentAs(cluster.jobLog(job.id()));
            await().atMost(PATIENCE).untilAsserted(() -> {
                copies.keepOnlyThoseOf(Set.of());
                assertThat(file).doesNotExist();
            });
        }
    }

    /** Again and again, for longer than the afterglow: what counts is when the last one has gone. */
    @Test
    void oneWhoComesBackInAMomentFindsTheSameCopyUnderWay(RayCluster cluster) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(cluster.address());
                RayClient client = RayClient.builder().baseUrl(proxy.uri()).build();
                LogCopies copies = new LogCopies(folder, client, Duration.ofSeconds(1))) {
            Job job = client.getJob(client.submitJob(JobSubmission.of("echo before; sleep 5; echo after")));
            copies.follow(job).close();

            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
                try (Log.Followed followed = copies.follow(job)) {
                    return followed.state() instanceof LogState.Complete;
                }
            });

            assertThat(proxy.requests())
                    .filteredOn(request -> request.path().equals("/api/v0/logs/stream"))
                    .hasSize(1);
        }
    }

    private static void awaitText(Path file, String text) {
        await().atMost(PATIENCE)
                .until(() -> Files.exists(file) && Files.readString(file).contains(text));
    }
}
