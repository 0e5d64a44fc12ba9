package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More followers than the dashboard has room for in its state API, which serves 100 requests at the same time. */
@WithRayCluster
@Timeout(180)
@Tag("one-jdk")
class RayManyFollowersIT {
    private static final int FOLLOWERS = 120;

    @Test
    void allHaveTheWholeLogAndTheStateApiGoesOnAnswering(RayCluster cluster, RayClient client, @TempDir Path folder)
            throws Exception {
        Path enough = folder.resolve("enough");
        String id = client.submitJob(
                JobSubmission.of("seq 2000; echo go; while [ ! -e " + enough + " ]; do sleep 0.2; done; echo end"));
        CountDownLatch following = new CountDownLatch(FOLLOWERS);
        ExecutorService threads = Executors.newFixedThreadPool(FOLLOWERS);
        try {
            List<Future<Followed>> followed = new ArrayList<>();
            for (int i = 0; i < FOLLOWERS; i++) {
                followed.add(threads.submit(() -> follow(client, id, following)));
            }
            assertThat(following.await(100, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < 20; i++) {
                client.perform(Endpoint.get("api/v0/nodes", ResponseType.object()));
            }
            Files.createFile(enough);

            int overHttp = 0;
            for (Future<Followed> one : followed) {
                Followed result = one.get(120, TimeUnit.SECONDS);
                assertThat(result.text()).endsWith("\nend\n").isEqualTo(Files.readString(cluster.jobLog(id)));
                overHttp += result.live() == TailProtocol.HTTP ? 1 : 0;
            }
            assertThat(overHttp).isEqualTo(20);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a follower saw, and over which protocol while the job ran. */
    private record Followed(String text, TailProtocol live) {}

    private static Followed follow(RayClient client, String id, CountDownLatch following) {
        StringBuilder text = new StringBuilder();
        TailProtocol live = TailProtocol.AUTO;
        try (LogStream log = client.tailJobLogs(id)) {
            for (Iterator<String> lines = log.iterator(); lines.hasNext(); ) {
                String line = lines.next();
                text.append(line).append('\n');
                if (line.equals("go")) {
                    live = log.statistics().protocol();
                    following.countDown();
                }
            }
        }
        return new Followed(text.toString(), live);
    }
}
