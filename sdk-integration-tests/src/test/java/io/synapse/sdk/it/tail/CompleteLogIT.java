package io.synapse.sdk.it.tail;

import static io.synapse.sdk.TailProtocol.AUTO;
import static io.synapse.sdk.TailProtocol.HTTP;
import static io.synapse.sdk.TailProtocol.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.resources.RuntimePolicyUpdate;
import io.synapse.sdk.testkit.Fault;
import io.synapse.sdk.testkit.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A followed log is complete: every line once, in order, whatever happens in between. The truth is the log file; the
 * follower is a JVM with 48 MB of heap, the agent another process.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class CompleteLogIT {
    private static final String LINE = "line %.0f of a log that is about a hundred characters long, so that a million"
            + " of them make a hundred megabytes";

    /** A small part of what the log would take. */
    private static final long FLAT_HEAP = 16 << 20;

    private static final List<Follower> OF_A_SILENT_JOB = new ArrayList<>();

    private static Agent agentOfTheSilentJob;
    private static String silentJob;

    @TempDir
    private Path directory;

    private Agent agent;
    private AgentClient client;

    /** The 90 seconds pass during the other tests, for each way to follow at the same time. */
    @BeforeAll
    static void startTheSilentJob(@TempDir Path directory) throws IOException {
        agentOfTheSilentJob = Agent.start(directory);
        try (AgentClient client = agentOfTheSilentJob.client()) {
            silentJob = client.submitJob(JobSubmission.of("echo before; sleep 90; echo after"));
        }
        for (TailProtocol protocol : TailProtocol.values()) {
            OF_A_SILENT_JOB.add(follow(agentOfTheSilentJob, agentOfTheSilentJob.url(), silentJob, protocol));
        }
        OF_A_SILENT_JOB.forEach(Follower::awaitBegun);
    }

    @AfterAll
    static void stopTheAgentOfTheSilentJob() throws InterruptedException {
        agentOfTheSilentJob.kill();
    }

    @BeforeEach
    void start() throws IOException {
        agent = Agent.start(directory);
        client = agent.client();
        client.updateRuntimePolicy(RuntimePolicyUpdate.none().maxConcurrentJobs(0));
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        agent.kill();
    }

    @ParameterizedTest
    @EnumSource(TailProtocol.class)
    void aMillionLines(TailProtocol protocol) throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f '" + LINE + "' 1 1000000"));

        assertComplete(job, 1_000_000, follow(agent.url(), job, protocol));
    }

    @ParameterizedTest
    @EnumSource(TailProtocol.class)
    void aMillionLinesOverConnectionsThatAreCutEvery200Milliseconds(TailProtocol protocol) throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f '" + LINE + "' 1 1000000; sleep 2; echo the end"));
        try (FaultProxy proxy = FaultProxy.inFrontOf(agent.url())) {
            proxy.cutEvery(Duration.ofMillis(200));

            Follower.Seen seen = assertComplete(job, 1_000_001, follow(proxy.uri(), job, protocol));

            assertThat(seen.reconnects()).isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @EnumSource(TailProtocol.class)
    void anAgentThatIsKilledAndComesBack(TailProtocol protocol) throws Exception {
        String job = client.submitJob(JobSubmission.of(
                "for part in $(seq 1 80); do seq -f \"part $part, " + LINE + "\" 1 2500; sleep 0.05; done"));
        Follower following = follow(agent.url(), job, protocol);
        following.awaitBegun();

        agent.kill();
        agent.startAgain();

        Follower.Seen seen = assertComplete(job, 200_000, following);
        assertThat(seen.reconnects()).isPositive();
    }

    @Test
    void aRefusedWebSocketIsReplacedByHttp() throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f '" + LINE + "' 1 100000"));
        try (FaultProxy proxy = FaultProxy.inFrontOf(agent.url())) {
            proxy.every(Fault.status(404).onWebSocket());

            Follower.Seen seen = assertComplete(job, 100_000, follow(proxy.uri(), job, AUTO));

            assertThat(seen.protocol()).isEqualTo(HTTP);
        }
    }

    @Test
    void aWebSocketThatIsRefusedOnlyAfterItBrokeIsReplacedByHttp() throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f '" + LINE + "' 1 100000"));
        try (FaultProxy proxy = FaultProxy.inFrontOf(agent.url())) {
            proxy.next(Fault.cutAfter(1_000_000).onWebSocket());
            proxy.every(Fault.disconnect().onWebSocket());

            Follower.Seen seen = assertComplete(job, 100_000, follow(proxy.uri(), job, AUTO));

            assertThat(seen.protocol()).isEqualTo(HTTP);
        }
    }

    @Test
    void aCloseCodeThatLiesEndsNothing() throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f '" + LINE + "' 1 100000"));
        try (FaultProxy proxy = FaultProxy.inFrontOf(agent.url())) {
            proxy.every(Fault.webSocketClose(1000, 500_000));

            assertComplete(job, 100_000, follow(proxy.uri(), job, WEBSOCKET));
        }
    }

    /** A thousand lines take their writer about a millisecond, and this reader more than ten. */
    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void aReaderTenTimesSlowerThanItsWriter(TailProtocol protocol) throws Exception {
        String job = client.submitJob(JobSubmission.of("seq -f '" + LINE + "' 1 1000000"));

        Follower.Seen seen =
                assertComplete(job, 1_000_000, Follower.start(agent.url(), agent.token(), job, protocol, 10));

        assertThat(seen.liveHeap()).isBetween(1L, FLAT_HEAP);
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void aJobThatIsSilentForNinetySeconds() throws Exception {
        for (Follower following : OF_A_SILENT_JOB) {
            Follower.Seen seen = assertComplete(agentOfTheSilentJob, silentJob, 2, following);
            assertThat(seen.reconnects()).isZero();
            assertThat(seen.seconds()).as("seconds of following").isGreaterThan(80);
        }
    }

    @Test
    void sixtyFourReadersAtOnce() {
        String job = client.submitJob(JobSubmission.of("for part in $(seq 1 20); do seq 1 1000; sleep 0.1; done"));
        TailOptions options = TailOptions.DEFAULT.limits(StreamLimits.NONE);
        List<String> expected = IntStream.range(0, 20_000)
                .mapToObj(line -> Integer.toString(line % 1_000 + 1))
                .toList();
        List<CompletableFuture<List<String>>> readers = new ArrayList<>();
        for (int reader = 0; reader < 64; reader++) {
            TailProtocol protocol = TailProtocol.values()[reader % 3];
            readers.add(CompletableFuture.supplyAsync(
                    () -> lines(job, options.protocol(protocol)), task -> new Thread(task).start()));
        }

        assertThat(readers).allMatch(reader -> reader.join().equals(expected));
    }

    private List<String> lines(String job, TailOptions options) {
        try (LogStream log = client.tailJobLogs(job, options)) {
            return log.stream().toList();
        }
    }

    private Follower follow(URI url, String job, TailProtocol protocol) {
        return follow(agent, url, job, protocol);
    }

    private static Follower follow(Agent agent, URI url, String job, TailProtocol protocol) {
        return Follower.start(url, agent.token(), job, protocol, 0);
    }

    private Follower.Seen assertComplete(String job, long lines, Follower following) throws Exception {
        return assertComplete(agent, job, lines, following);
    }

    private static Follower.Seen assertComplete(Agent agent, String job, long lines, Follower following)
            throws Exception {
        Follower.Seen seen = following.awaitEnd();
        System.out.println(seen); // the figures of a run, kept in its report
        assertThat(seen.lines()).isEqualTo(lines);
        assertThat(seen.digest()).isEqualTo(agent.digestOfLog(job));
        assertThat(seen.status()).isEqualTo(JobStatus.SUCCEEDED.value());
        return seen;
    }
}
