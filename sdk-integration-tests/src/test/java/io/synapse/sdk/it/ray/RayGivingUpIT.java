package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.it.tail.BlockedCall;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gives up a call to a Ray cluster is free at once, and its connection with it. */
@WithRayCluster
@Timeout(90)
class RayGivingUpIT {
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String LASTING = "lasting";

    private FaultProxy proxy;
    private RayClient client;

    @BeforeAll
    static void startLastingJob(RayClient direct) {
        StartedJob.submit(direct, JobSubmission.of("sleep 1000").submissionId(LASTING));
    }

    @AfterAll
    static void stopLastingJob(RayClient direct) {
        direct.stopJob(LASTING);
    }

    @BeforeEach
    void start(RayCluster cluster) throws IOException {
        proxy = FaultProxy.inFrontOf(cluster.address());
        client = RayClient.builder()
                .baseUrl(proxy.uri())
                .readTimeout(Duration.ofMinutes(1))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
    }

    @Test
    void anInterruptedCallReturnsAtOnceAndTheClusterSeesIt() throws Exception {
        proxy.next(Fault.hang());
        BlockedCall asking = BlockedCall.start(client::listJobs);
        proxy.awaitRequest(request -> request.is("GET", "/api/jobs/"), PATIENCE);

        assertThat(asking.freedBy(asking::interrupt)).isLessThan(AT_ONCE);

        proxy.awaitClientGone(PATIENCE);
    }

    @Test
    void aCancelledFutureClosesItsConnection() throws Exception {
        proxy.next(Fault.hang());
        CompletableFuture<List<Job>> answer = client.async().listJobs();
        proxy.awaitRequest(request -> request.is("GET", "/api/jobs/"), PATIENCE);

        answer.cancel(true);

        proxy.awaitClientGone(PATIENCE);
        assertThat(answer).isCancelled();
    }

    @Test
    void whoIsCancelledWhileWaitingForAJobAsksNoMore() {
        CompletableFuture<Job> end = client.async().waitForJob(LASTING, Duration.ofMinutes(5));
        await().atMost(PATIENCE).until(() -> proxy.requests().size() >= 2);

        end.cancel(true);

        int asked = proxy.requests().size();
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> proxy.requests().size() <= asked + 1);
        assertThat(end).isCancelled();
    }
}
