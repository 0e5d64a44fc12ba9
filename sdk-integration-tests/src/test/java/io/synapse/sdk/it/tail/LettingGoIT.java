package io.synapse.sdk.it.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.testkit.FaultProxy;
import io.synapse.sdk.testkit.OnConnect;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gives up is free at once, and nothing is left behind: no thread, no connection, no program that does not end. */
@Timeout(60)
class LettingGoIT {
    private static final Duration AT_ONCE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private static Path directory;

    private static Agent agent;

    private FaultProxy proxy;
    private AgentClient client;

    @BeforeAll
    static void startAgent() throws IOException {
        agent = Agent.start(directory);
    }

    @AfterAll
    static void stopAgent() throws InterruptedException {
        agent.kill();
    }

    @BeforeEach
    void start() {
        proxy = FaultProxy.inFrontOf(agent.url());
        client = AgentClient.builder()
                .baseUrl(proxy.uri())
                .agentToken(agent.token())
                .readTimeout(Duration.ofMinutes(1))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void closingAStreamFreesItsReaderAtOnce(TailProtocol protocol) throws Exception {
        String id = submitSilentJob();
        try (LogStream log = client.tailJobLogs(id, TailOptions.DEFAULT.protocol(protocol))) {
            Iterator<String> lines = log.iterator();
            assertThat(lines.next()).isEqualTo("begun");
            BlockedCall reading = BlockedCall.start(lines::hasNext);

            assertThat(reading.freedBy(log::close)).isLessThan(AT_ONCE);

            proxy.awaitClientGone(request -> request.path().contains("/logs/"), PATIENCE);
        } finally {
            stopJob(id);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClosedClientLeavesNeitherThreadsNorConnections(TailProtocol protocol) throws Exception {
        String id = submitSilentJob();
        try {
            CompletableFuture<Job> answer = client.async().getJob(id);
            LogStream log = client.tailJobLogs(id, TailOptions.DEFAULT.protocol(protocol));
            assertThat(log.iterator().next()).isEqualTo("begun");
            LogPublisher published = client.async().tailJobLogs(id, TailOptions.DEFAULT.protocol(protocol));
            LineSubscriber subscriber = new LineSubscriber();
            published.subscribe(subscriber);
            subscriber.request(2);
            await().untilAsserted(() -> assertThat(subscriber.lines()).containsExactly("begun"));
            answer.join();
            if (Runtime.version().feature() < 21) { // later ones are virtual, and no JVM lists those
                assertThat(ownThreads()).isNotEmpty();
            }
            assertThat(proxy.openConnections()).isPositive();

            client.close();

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(ownThreads()).isEmpty();
                assertThat(proxy.openConnections()).isZero();
            });
        } finally {
            stopJob(id);
        }
    }

    @Test
    void anInterruptedCallToAHungAgentReturnsAtOnceAndTheAgentSeesIt() throws Exception {
        proxy.onConnect(OnConnect.IGNORE);
        BlockedCall asking = BlockedCall.start(() -> client.getJob("any"));
        await().until(() -> proxy.openConnections() == 1);

        assertThat(asking.freedBy(asking::interrupt)).isLessThan(AT_ONCE);

        proxy.awaitClientGone(PATIENCE);
    }

    @Test
    void aCancelledFutureOfAHungAgentClosesItsConnection() throws Exception {
        proxy.onConnect(OnConnect.IGNORE);
        CompletableFuture<Job> answer = client.async().getJob("any");
        await().until(() -> proxy.openConnections() == 1);

        answer.cancel(true);

        proxy.awaitClientGone(PATIENCE);
        assertThat(answer).isCancelled();
    }

    @Test
    void aProgramThatMadeAnAsynchronousCallEndsWithItsMain() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        agent.url().toString(),
                        agent.token())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long mainEnded = Long.parseLong(program.inputReader().readLine());

        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(Duration.ofMillis(System.currentTimeMillis() - mainEnded)).isLessThan(Duration.ofSeconds(1));
        assertThat(program.exitValue()).isZero();
    }

    /** One answered asynchronous call, on a client that is not closed. */
    public static final class Program {
        private Program() {}

        /** Arguments: the agent's address and token. Its last word is the time. */
        public static void main(String[] arguments) {
            AgentClient client = AgentClient.builder()
                    .baseUrl(URI.create(arguments[0]))
                    .agentToken(arguments[1])
                    .build();
            client.async().listJobs().join();
            System.out.println(System.currentTimeMillis());
        }
    }

    private static String submitSilentJob() {
        try (AgentClient direct = agent.client()) {
            return direct.submitJob(JobSubmission.of("echo begun; sleep 60"));
        }
    }

    private static void stopJob(String id) {
        try (AgentClient direct = agent.client()) {
            direct.stopJob(id);
        }
    }

    private static List<String> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("synapse-"))
                .toList();
    }
}
