package io.synapse.sdk.it.ray;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.it.tail.Follower;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.ray.RayClient;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bad networks, a slow reader and a silent job between a real cluster and who follows its logs. */
@WithRayCluster
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(240)
@Tag("one-jdk")
class RayNetworkFaultsIT {
    private static final Duration SILENCE = Duration.ofMinutes(3);

    /** A small part of what the log would take. */
    private static final long FLAT_HEAP = 16 << 20;

    @TempDir
    private static Path directory;

    private static String silentJob;
    private static final List<Following> OF_SILENT_JOB = new ArrayList<>();

    private FaultProxy proxy;
    private RayClient client;

    /** The attempts to connect again since the network fell silent. */
    private final AtomicReference<CountDownLatch> reconnecting = new AtomicReference<>(new CountDownLatch(1));

    /** First of all, so that the others run while it is silent. */
    @BeforeAll
    static void startSilentJob(RayClient client) {
        silentJob = client.submitJob(
                JobSubmission.of("echo before; sleep " + SILENCE.toSeconds() + "; seq 1000; echo after"));
        for (TailProtocol protocol : TailProtocol.values()) {
            OF_SILENT_JOB.add(Following.start(client, silentJob, protocol));
        }
    }

    @BeforeEach
    void start(RayCluster cluster) throws IOException {
        proxy = FaultProxy.inFrontOf(cluster.address());
        client = RayClient.builder()
                .baseUrl(proxy.uri())
                .connectTimeout(Duration.ofSeconds(1))
                .readTimeout(Duration.ofSeconds(1))
                .listener(new ClientListener() {
                    @Override
                    public void streamReconnecting(Stream stream, String reason, Duration delay) {
                        reconnecting.get().countDown();
                    }
                })
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
    }

    /**
     * Each connection brings the log from its beginning. So there is a limit to what can be followed: a log that takes
     * longer than the network holds. The short period gets a tenth of the lines for that.
     */
    @ParameterizedTest
    @CsvSource({"3000, 300000, AUTO", "3000, 300000, WEBSOCKET", "200, 30000, AUTO", "200, 30000, WEBSOCKET"})
    void linesThatArePrintedForTenSecondsOverConnectionsThatAreCut(
            int everyMillis, int lines, TailProtocol protocol, RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of("for part in $(seq 100); do seq -f \"part $part, line %.0f of a"
                + " log that is about as long as a line of a log usually is, give or take\" " + lines / 100
                + "; sleep 0.08; done"));
        proxy.cutEvery(Duration.ofMillis(everyMillis));
        try (Following following = Following.start(client, job, protocol)) {
            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
            assertThat(following.statistics().lines()).isGreaterThan(lines);
            assertThat(following.statistics().reconnects()).isGreaterThan(1);
        }
    }

    /**
     * Packets are dropped, and no FIN tells of it. The next attempt comes after four seconds of silence and four
     * questions about the job, which are not answered either.
     */
    @ParameterizedTest
    @EnumSource
    void aHalfOpenConnectionIsNoticedInTime(TailProtocol protocol, RayCluster cluster) throws Exception {
        Path enough = directory.resolve("enough for " + protocol);
        String job = client.submitJob(JobSubmission.of("while [ ! -e '" + enough
                + "' ]; do i=$((i+1)); echo \"line $i\"; sleep 0.05; done; seq 1000; echo end"));
        TailOptions options = Following.options(protocol).idleTimeout(Duration.ofSeconds(2));
        try (Following following = Following.start(client, job, options)) {
            following.awaitText("\nline 20\n");

            proxy.silence();
            long silent = System.nanoTime();
            reconnecting.set(new CountDownLatch(1)); // on a busy machine, it may have taken several until here
            reconnecting.get().await();
            Duration noticed = Duration.ofNanos(System.nanoTime() - silent);
            Files.createFile(enough);
            proxy.resume();

            following.assertComplete(cluster.jobLog(job), JobStatus.SUCCEEDED);
            System.out.println(protocol + " noticed after " + noticed.toMillis() + " ms");
            assertThat(noticed).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(12));
        }
    }

    @Test
    void aSlowReaderOfTwoHundredMegabytes(RayCluster cluster) throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f 'line %.0f of a log that is about a hundred characters"
                + " long, so that two million of them make two hundred megabytes' 1 2000000"));
        Follower.Seen seen =
                Follower.start(cluster.address(), "", job, TailProtocol.AUTO, 5).awaitEnd();

        System.out.println(seen); // the figures of a run, kept in its report
        Path file = cluster.jobLog(job);
        assertThat(Files.size(file)).isGreaterThan(200_000_000);
        assertThat(seen.digest()).isEqualTo(digest(file));
        assertThat(seen.status()).isEqualTo(JobStatus.SUCCEEDED.value());
        assertThat(seen.liveHeap()).isBetween(1L, FLAT_HEAP);
        Files.delete(file);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aJobThatIsSilentForThreeMinutes(RayCluster cluster) throws Exception {
        for (Following following : OF_SILENT_JOB) {
            following.assertComplete(cluster.jobLog(silentJob), JobStatus.SUCCEEDED);
            assertThat(following.received()).contains("before\n").endsWith("\nafter\n");
        }
    }

    private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
