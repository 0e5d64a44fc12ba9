package io.synapse.sdk.it.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.agent.AgentClient;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.testkit.FaultProxy;
import io.synapse.sdk.testkit.OnConnect;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user is told when something is wrong, by a call and by a log: what it is, in one line, without a secret. */
@Timeout(60)
class ErrorsIT {
    private static final String WRONG_TOKEN = "wrong-s3cr3t";
    private static final int LINES = 5_000;

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
        client = builder().build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        client.close();
        proxy.close();
    }

    @ParameterizedTest
    @EnumSource
    void aWrongTokenIsNotAuthenticated(TailProtocol protocol) {
        try (AgentClient stranger = builder().agentToken(WRONG_TOKEN).build()) {
            assertFailure(AuthenticationException.class, 401, () -> stranger.getJob("any"));
            assertFailure(AuthenticationException.class, 401, () -> read(stranger, "any", protocol));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownJobIsNotFound(TailProtocol protocol) {
        assertFailure(NotFoundException.class, 404, () -> client.getJob("nobody"));
        assertFailure(NotFoundException.class, 404, () -> read(client, "nobody", protocol));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no/such", "..", "näher"})
    void whatIsNoIdIsRefusedWithoutARequest(String id) {
        assertFailure(BadRequestException.class, 400, () -> client.getJob(id));
        assertFailure(BadRequestException.class, 400, () -> client.tailJobLogs(id));

        assertThat(proxy.connectionsOpened()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void anAgentThatIsDownIsNamed(TailProtocol protocol) {
        proxy.onConnect(OnConnect.REFUSE);

        assertThat(assertFailure(ConnectionException.class, 503, () -> client.getJob("any")))
                .hasMessageContaining(proxy.uri().getAuthority());
        assertThat(assertFailure(ConnectionException.class, 503, () -> read(client, "any", protocol)))
                .hasMessageContaining(proxy.uri().getAuthority());
    }

    @ParameterizedTest
    @CsvSource({"300, 60000, READ, read timeout of 0.3 s", "60000, 300, CALL, call timeout of 0.3 s"})
    void aHungAgentIsATimeoutThatNamesItsLimit(long read, long call, RequestTimeoutException.Kind kind, String words) {
        proxy.onConnect(OnConnect.IGNORE);
        try (AgentClient hasty = builder()
                .readTimeout(Duration.ofMillis(read))
                .callTimeout(Duration.ofMillis(call))
                .retryPolicy(RetryPolicy.NEVER)
                .build()) {
            RequestTimeoutException failure =
                    assertFailure(RequestTimeoutException.class, 408, () -> hasty.getJob("any"));

            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(words);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHungAgentIsATimeoutForALogToo(TailProtocol protocol) {
        proxy.onConnect(OnConnect.IGNORE);
        try (AgentClient hasty = builder()
                .readTimeout(Duration.ofMillis(300))
                .retryPolicy(RetryPolicy.NEVER)
                .build()) {
            assertThat(assertFailure(RequestTimeoutException.class, 408, () -> read(hasty, "any", protocol)))
                    .hasMessageContaining("timeout");
        }
    }

    @Test
    void aLimitOfMessagesSaysWhatWasDelivered() {
        assertLimited(TailProtocol.WEBSOCKET, StreamLimits.NONE.maxMessages(1), "maxMessages", -1);
    }

    @Test
    void aLimitOfLinesSaysWhatWasDelivered() {
        assertLimited(TailProtocol.HTTP, StreamLimits.NONE.maxLines(1_234), "maxLines", 1_234);
    }

    @ParameterizedTest
    @EnumSource
    void aLimitOfBytesSaysWhatWasDelivered(TailProtocol protocol) {
        // 9 lines of 2 bytes, 90 of 3, 100 of 4, and the next in half.
        assertLimited(protocol, StreamLimits.NONE.maxBytes(18 + 270 + 400 + 2), "maxBytes", 9 + 90 + 100 + 1);
    }

    /** @param lines how many are to be delivered; -1 when that is the server's choice */
    private void assertLimited(TailProtocol protocol, StreamLimits limits, String name, int lines) {
        // More than one message holds, so that one message is not all.
        String id = client.submitJob(JobSubmission.of("seq 1 " + LINES + "; sleep 1; seq 1 " + LINES));
        List<String> delivered = new ArrayList<>();
        try (LogStream log =
                client.tailJobLogs(id, TailOptions.DEFAULT.protocol(protocol).limits(limits))) {
            StreamLimitExceededException failure =
                    assertFailure(StreamLimitExceededException.class, 429, () -> log.forEach(delivered::add));

            assertThat(failure).hasMessageContaining(name);
            assertThat(failure.delivered().lines()).isEqualTo(delivered.size()).isPositive();
            assertThat(failure.delivered().bytes()).isBetween(1L, limits.maxBytes());
            assertThat(failure.delivered().messages()).isBetween(1L, limits.maxMessages());
            assertThat(log.finalStatus()).isEmpty();
        }
        int whole = delivered.size() - (name.equals("maxBytes") ? 1 : 0);
        assertThat(delivered.subList(0, whole))
                .isEqualTo(IntStream.range(0, whole)
                        .mapToObj(line -> Integer.toString(line % LINES + 1))
                        .toList());
        if (lines >= 0) {
            assertThat(delivered).hasSize(lines);
        }
    }

    private static void read(AgentClient reader, String id, TailProtocol protocol) {
        try (LogStream log = reader.tailJobLogs(id, TailOptions.DEFAULT.protocol(protocol))) {
            log.forEach(line -> {});
        }
    }

    private static <E extends ClientException> E assertFailure(Class<E> type, int status, Runnable call) {
        E failure = catchThrowableOfType(type, call::run);
        assertThat(failure).as("a failure of the call").isNotNull();
        assertThat(failure.statusCode()).isEqualTo(status);
        assertThat(failure.getMessage())
                .isNotBlank()
                .doesNotContain("\n", "\r")
                .doesNotContain(agent.token(), WRONG_TOKEN);
        return failure;
    }

    private AgentClient.Builder builder() {
        return AgentClient.builder().baseUrl(proxy.uri()).agentToken(agent.token());
    }
}
