package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of jobs, each there once, on a cluster of their own. Most of them wait for a resource that no node has. */
@Tag("one-jdk")
@Timeout(180)
class RayManyJobsIT {
    private static final Map<String, Double> NONE_SUCH = Map.of("none-such", 1.0);

    private static RayCluster cluster;
    private static RayClient client;

    @BeforeAll
    static void start() throws IOException {
        cluster = RayCluster.start();
        client = cluster.client();
    }

    @AfterAll
    static void stop() throws IOException {
        if (cluster != null) {
            client.close();
            cluster.close();
        }
    }

    @Test
    void aThousandSubmittedAtTheSameTimeAreAThousand() {
        List<String> ids = submit(client, 1000, "echo one of a thousand");

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(idsOf("echo one of a thousand")).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void whereEveryThirdReplyIsLostEachSubmissionIsStillOneJob() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (FaultProxy proxy = FaultProxy.inFrontOf(cluster.address());
                RayClient unlucky = RayClient.builder()
                        .baseUrl(proxy.uri())
                        .retryPolicy(RetryPolicy.DEFAULT
                                .maxAttempts(10)
                                .initialDelay(Duration.ofMillis(20))
                                .maxDelay(Duration.ofMillis(100))
                                .maxRetryAfter(Duration.ofSeconds(1)))
                        .build()) {
            proxy.every(Fault.loseReply().when(request -> requests.incrementAndGet() % 3 == 0));

            List<String> ids = submit(unlucky, 60, "echo one of sixty");

            assertThat(requests.get()).isGreaterThan(80);
            assertThat(ids).doesNotHaveDuplicates();
            assertThat(idsOf("echo one of sixty")).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void fiveThousandJobsAreListed() {
        String writer = client.submitJob(JobSubmission.of("python -m job_records 5000"));
        assertThat(client.waitForJob(writer, Duration.ofSeconds(60)).status()).isEqualTo(JobStatus.SUCCEEDED);

        long begin = System.nanoTime();
        List<Job> jobs = client.listJobs();
        Duration duration = Duration.ofNanos(System.nanoTime() - begin);

        System.out.println(jobs.size() + " jobs listed in " + duration.toMillis() + " ms");
        assertThat(jobs.stream().map(Job::id).filter(id -> id.startsWith("record-")))
                .hasSize(5000)
                .doesNotHaveDuplicates();
        assertThat(duration).isLessThan(Duration.ofSeconds(10));
    }

    /** All of them at the same time. */
    private static List<String> submit(RayClient through, int number, String entrypoint) {
        JobSubmission submission = JobSubmission.of(entrypoint).entrypointResources(NONE_SUCH);
        List<CompletableFuture<String>> submitted = Stream.generate(
                        () -> through.async().submitJob(submission))
                .limit(number)
                .toList();
        return submitted.stream().map(CompletableFuture::join).toList();
    }

    private static List<String> idsOf(String entrypoint) {
        return client.listJobs().stream()
                .filter(job -> entrypoint.equals(job.entrypoint()))
                .map(Job::id)
                .toList();
    }
}
