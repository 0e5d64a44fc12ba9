package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.testkit.FaultProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gives up following a silent job is free at once, and nothing is left behind. */
@WithRayCluster
@Timeout(60)
class RayLettingGoIT {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @EnumSource
    void closingAStreamFreesItsReaderAtOnce(TailProtocol protocol, RayCluster cluster) throws Exception {
        try (FaultProxy proxy = FaultProxy.inFrontOf(cluster.address())) {
            try (RayClient client = RayClient.builder().baseUrl(proxy.uri()).build()) {
                String job = client.submitJob(JobSubmission.of("echo begun; sleep 60"));
                Following following = Following.start(client, job, protocol);
                following.awaitText("\nbegun\n");

                Duration freed = following.freedBy(following::close, CallCancelledException.class);

                assertThat(freed).isLessThan(Duration.ofSeconds(1));
                proxy.awaitClientGone(request -> request.path().contains("/logs/"), PATIENCE);
                client.stopJob(job);
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(ownThreads()).isEmpty();
                assertThat(proxy.openConnections()).isZero();
            });
        }
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("synapse-"))
                .toList();
    }
}
