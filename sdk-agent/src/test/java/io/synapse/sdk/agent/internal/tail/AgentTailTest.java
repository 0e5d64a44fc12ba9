package io.synapse.sdk.agent.internal.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.AuthenticationException;
import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.StreamLimitExceededException;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.TailProtocol;
import io.synapse.sdk.UnexpectedResponseException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Following a log of an agent that does what a good one would not, over real sockets. */
@Timeout(30)
class AgentTailTest {
    private static final String COMPLETE = "{\"type\": \"complete\"}";

    private ScriptedAgent agent;
    private TailClient client;

    @AfterEach
    void close() throws IOException {
        client.close();
        agent.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void goesOnByOffsetAndTrimsWhatOverlaps(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            reply.accept();
            if (number == 0) {
                reply.send("{\"type\": \"connected\"}");
                reply.send(log("one\ntw", 6));
                reply.cutWithin(log("o\n", 8));
            } else {
                agent.status = "SUCCEEDED";
                reply.send(log("two\n", 8));
                reply.send(log("three\n", 14));
                reply.send(COMPLETE);
                reply.end();
            }
        });
        try (LogStream log = client.tail("j", options(protocol))) {
            assertThat(log.stream()).containsExactly("one", "two", "three");
            assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
            assertThat(log.statistics().reconnects()).isEqualTo(1);
            assertThat(log.statistics().repeatedBytes()).isEqualTo(2);
            assertThat(log.statistics().bytes()).isEqualTo(14);
            assertThat(log.statistics().protocol()).isEqualTo(protocol);
        }
        String path = protocol == TailProtocol.HTTP ? "/jobs/j/logs/stream/" : "/jobs/j/logs/";
        assertThat(agent.requests)
                .containsExactly(path, "/jobs/j/", "/jobs/j/", path + "?offset=6&max_event=262144", "/jobs/j/");
    }

    @Test
    void aRefusedWebSocketIsAnErrorWithEverythingTheServerSaid() throws IOException {
        start((number, reply) -> reply.refuse(401, "{\"detail\": \"the token has expired\"}"));
        for (TailProtocol protocol : TailProtocol.values()) {
            AuthenticationException failure = failure(AuthenticationException.class, options(protocol));
            assertThat(failure).hasMessageContaining("the token has expired").hasMessageContaining("/jobs/j/logs/");
            assertThat(failure.responseHeaders()).containsEntry("x-why", List.of("because"));
        }
        assertThat(agent.requests).as("nothing is tried twice").hasSize(3);
    }

    @Test
    void anUnknownJobIsAskedForOverHttpTooSinceThePathMayBeUnknown() throws IOException {
        start((number, reply) -> reply.refuse(404, "{\"detail\": \"job j does not exist\"}"));
        assertThat(failure(NotFoundException.class, options(TailProtocol.AUTO)))
                .hasMessageContaining("job j does not exist");
        assertThat(agent.requests).containsExactly("/jobs/j/logs/", "/jobs/j/logs/stream/");
    }

    @Test
    void autoMovesToHttpWhenTheHandshakeHangs() throws IOException {
        start((number, reply) -> {
            if (reply.isWebSocket()) {
                reply.awaitHangUp();
            } else {
                sendWhole(reply);
            }
        });
        try (LogStream log = client.tail("j", options(TailProtocol.AUTO))) {
            assertThat(log.stream()).containsExactly("one", "two");
            assertThat(log.statistics().protocol()).isEqualTo(TailProtocol.HTTP);
        }
        RequestTimeoutException failure = failure(RequestTimeoutException.class, options(TailProtocol.WEBSOCKET));
        assertThat(failure.kind()).isEqualTo(RequestTimeoutException.Kind.READ);
        assertThat(failure.attempts()).isEqualTo(1);
    }

    @Test
    void autoMovesToHttpInTheMiddleWithoutRepeatingOrLosingALine() throws IOException {
        start((number, reply) -> {
            if (reply.isWebSocket() && number > 0) {
                reply.reset();
                return;
            }
            reply.accept();
            reply.send("{\"type\": \"log\", \"message\": \"one\\ntwo\\nth\"}");
            if (reply.isWebSocket()) {
                reply.reset();
                return;
            }
            agent.status = "FAILED";
            reply.send("{\"type\": \"log\", \"message\": \"ree\\n\"}");
            reply.send(COMPLETE);
            reply.end();
        });
        try (LogStream log = client.tail("j", options(TailProtocol.AUTO))) {
            assertThat(log.stream()).containsExactly("one", "two", "three");
            assertThat(log.finalStatus()).contains(JobStatus.FAILED);
        }
    }

    @Test
    void aLyingCloseIsNoEnd() throws IOException {
        start((number, reply) -> {
            reply.accept();
            reply.send("{\"type\": \"log\", \"message\": \"one\\n\"}");
            if (number < 2) {
                reply.end();
            } else {
                agent.status = "SUCCEEDED";
                reply.send("{\"type\": \"log\", \"message\": \"two\\n\"}");
                reply.end();
            }
        });
        try (LogStream log = client.tail("j", options(TailProtocol.WEBSOCKET))) {
            assertThat(log.stream()).containsExactly("one", "two");
            assertThat(log.finalStatus()).contains(JobStatus.SUCCEEDED);
        }
    }

    @Test
    void framesAreNotMessagesAndPingsAreAnswered() throws Exception {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        start((number, reply) -> {
            reply.accept();
            byte[] event = log("añ\n", 4).getBytes(StandardCharsets.UTF_8);
            int middle = event.length - 20;
            reply.raw(ScriptedAgent.frame(0x01, java.util.Arrays.copyOf(event, middle)));
            reply.raw(ScriptedAgent.frame(0x89, "ping".getBytes(StandardCharsets.UTF_8)));
            answer.complete(reply.socket.getInputStream().read());
            reply.raw(ScriptedAgent.frame(0x80, java.util.Arrays.copyOfRange(event, middle, event.length)));
            agent.status = "SUCCEEDED";
            reply.raw(ScriptedAgent.frame(0x82, COMPLETE.getBytes(StandardCharsets.UTF_8)));
        });
        try (LogStream log = client.tail("j", options(TailProtocol.WEBSOCKET))) {
            assertThat(log.stream()).containsExactly("añ");
        }
        assertThat(answer.get(5, TimeUnit.SECONDS)).as("a pong frame").isEqualTo(0x8A);
    }

    @Test
    void aMessageThatIsTooLargeIsNamedAndHttpIsTriedInAuto() throws IOException {
        start((number, reply) -> {
            if (reply.isWebSocket()) {
                reply.accept();
                reply.raw(new byte[] {(byte) 0x81, 127, 0, 0, 0, 0, 1, 0, 0, 1});
                reply.awaitHangUp();
            } else {
                sendWhole(reply);
            }
        });
        assertThat(failure(UnexpectedResponseException.class, options(TailProtocol.WEBSOCKET)))
                .hasMessageContaining("a message of more than 16777216 bytes");
        try (LogStream log = client.tail("j", options(TailProtocol.AUTO))) {
            assertThat(log.stream()).containsExactly("one", "two");
        }
    }

    @Test
    void anErrorEventIsThrownAfterWhatCameBefore() throws IOException {
        start((number, reply) -> {
            reply.accept();
            reply.send("{\"type\": \"log\", \"message\": \"one\"}");
            reply.send("{\"type\": \"error\", \"message\": \"the disk is gone\"}");
            reply.awaitHangUp();
        });
        try (LogStream log = client.tail("j", options(TailProtocol.AUTO))) {
            Iterator<String> lines = log.iterator();
            assertThat(lines.next()).isEqualTo("one");
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(lines::hasNext)
                        .isInstanceOf(ServerException.class)
                        .hasMessageContaining("the disk is gone")
                        .satisfies(e ->
                                assertThat(((ServerException) e).statusCode()).isEqualTo(500));
            }
            assertThat(log.finalStatus()).isEmpty();
        }
    }

    @Test
    void aLimitEndsTheStreamAfterEverythingUpToIt() throws IOException {
        start((number, reply) -> sendWhole(reply));
        TailOptions options = options(TailProtocol.HTTP).limits(StreamLimits.NONE.maxLines(1));
        try (LogStream log = client.tail("j", options)) {
            Iterator<String> lines = log.iterator();
            assertThat(lines.next()).isEqualTo("one");
            StreamLimitExceededException failure =
                    catchThrowableOfType(StreamLimitExceededException.class, lines::hasNext);
            assertThat(failure).hasMessageContaining("1 lines (maxLines)");
            assertThat(failure.delivered().bytes()).isEqualTo(4);
        }
    }

    @Test
    void firstMessagesAreNotHeldBackForLong() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        start((number, reply) -> {
            reply.accept();
            reply.send("{\"type\": \"log\", \"message\": \"one\"}");
            await(seen);
            reply.send("{\"type\": \"log\", \"message\": \"two\"}");
            agent.status = "SUCCEEDED";
            reply.send(COMPLETE);
            reply.end();
        });
        for (TailProtocol protocol : List.of(TailProtocol.WEBSOCKET, TailProtocol.HTTP)) {
            try (LogStream log = client.tail("j", options(protocol))) {
                Iterator<String> lines = log.iterator();
                assertThat(lines.next()).isEqualTo("one");
                seen.countDown();
                assertThat(lines.next()).isEqualTo("two");
                assertThat(lines.hasNext()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void closeFromAnotherThreadUnblocksTheReaderAndTheServerSeesIt(TailProtocol protocol) throws Exception {
        CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
        start((number, reply) -> {
            reply.accept();
            reply.send(log("one\n", 4));
            hungUp.complete(reply.awaitHangUp());
        });
        LogStream log = client.tail("j", options(protocol));
        Iterator<String> lines = log.iterator();
        lines.next();
        AtomicReference<Long> thrownAt = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            assertThatThrownBy(lines::hasNext).isInstanceOf(CallCancelledException.class);
            thrownAt.set(System.nanoTime());
        });
        reader.start();
        awaitBlocked(reader);
        long closedAt = System.nanoTime();
        log.close();
        reader.join();
        assertThat(Duration.ofNanos(thrownAt.get() - closedAt)).isLessThan(Duration.ofMillis(100));
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void anInterruptClosesTheConnectionAndTheFlagSurvives(TailProtocol protocol) throws Exception {
        CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
        start((number, reply) -> {
            reply.accept();
            hungUp.complete(reply.awaitHangUp());
        });
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try (LogStream log = client.tail("j", options(protocol))) {
                assertThatThrownBy(() -> log.iterator().hasNext())
                        .isInstanceOf(CallCancelledException.class)
                        .hasMessageContaining("interrupted");
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        reader.start();
        awaitBlocked(reader);
        reader.interrupt();
        reader.join();
        assertThat(flag.get()).isTrue();
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClosedClientTakesItsStreamsAlong() throws Exception {
        start((number, reply) -> {
            reply.accept();
            reply.awaitHangUp();
        });
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread reader = new Thread(() -> thrown.complete(catchThrowableOfType(
                RuntimeException.class,
                () -> client.tail("j", options(TailProtocol.AUTO)).iterator().hasNext())));
        reader.start();
        awaitBlocked(reader);
        client.close();
        assertThat(thrown.get(5, TimeUnit.SECONDS)).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void anAgentThatIsDownIsNamed() throws IOException {
        start((number, reply) -> reply.reset());
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        client.close();
        client = builder("http://127.0.0.1:" + port).build();
        ConnectionException failure = failure(ConnectionException.class, options(TailProtocol.AUTO));
        assertThat(failure).hasMessageContaining("127.0.0.1:" + port);
        assertThat(failure.statusCode()).isEqualTo(503);
    }

    @Test
    void theTextIsCopiedAsItArrivesProgressBarsIncluded() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        start((number, reply) -> {
            reply.accept();
            reply.send(log("10%\r", 4));
            await(seen);
            reply.send(log("20%\r100%\nlast", 17));
            agent.status = "SUCCEEDED";
            reply.send(COMPLETE);
            reply.end();
        });
        ByteArrayOutputStream text = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                seen.countDown();
            }
        };
        try (LogStream log = client.tail("j", options(TailProtocol.AUTO))) {
            assertThat(log.transferTo(text)).isEqualTo(17);
            assertThat(log.statistics().lines()).isEqualTo(1);
        }
        assertThat(text).hasToString("10%\r20%\r100%\nlast");
    }

    @Test
    void anOutputThatFailsClosesTheStream() throws Exception {
        CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
        start((number, reply) -> {
            reply.accept();
            reply.send(log("one\n", 4));
            hungUp.complete(reply.awaitHangUp() || reply.awaitHangUp());
        });
        IOException full = new IOException("the disk is full");
        ByteArrayOutputStream output = new ByteArrayOutputStream() {
            @Override
            public void flush() throws IOException {
                throw full;
            }
        };
        LogStream log = client.tail("j", options(TailProtocol.HTTP));
        assertThatThrownBy(() -> log.transferTo(output)).isSameAs(full);
        assertThat(hungUp.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void anIdThatIsUsedAgainIsALostLogOnAnAgentWithIdentities(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            if (number > 0) {
                reply.refuse(409, "{\"detail\": \"another log has taken its place\"}");
                return;
            }
            reply.accept();
            reply.send("{\"type\": \"connected\", \"log\": \"A\", \"offset\": 0}");
            reply.send(log("old\n", 4));
            reply.reset();
        });
        assertLost(protocol, "another log has taken its place", "old");
        assertThat(agent.requests).last().asString().contains("?log=A&offset=4&crc=", "&max_event=262144");
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void anIdThatIsUsedAgainIsALostLogOnAnAgentWithoutIdentities(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            agent.startTime = 1_000L + number;
            reply.accept();
            reply.send(number == 0 ? log("old\n", 4) : log("new\n", 8));
            if (number == 0) {
                // once the reader knows when the job began
                org.awaitility.Awaitility.await().until(() -> agent.requests.contains("/jobs/j/"));
                reply.reset();
            }
            agent.status = "SUCCEEDED";
            reply.send(COMPLETE);
            reply.end();
        });
        assertLost(protocol, "another job has its id", "old");
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void eventsInOneSegmentAreJoinedOnlyWhereTheyFit(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            reply.accept();
            agent.status = "SUCCEEDED";
            if (number == 0) {
                reply.sendTogether(
                        log("a\n", 2), log("b\n", 4), log("b\n", 4), log("c\n", 6), log("e\n", 10), log("d\n", 8));
                reply.awaitHangUp();
            } else {
                reply.sendTogether(log("d\n", 8), log("e\n", 10), COMPLETE);
                reply.end();
            }
        });
        try (LogStream log = client.tail("j", options(protocol))) {
            assertThat(log.stream()).containsExactly("a", "b", "c", "d", "e");
        }
        assertThat(agent.requests).anyMatch(target -> target.contains("?offset=6"));
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void anEventWhoseJsonIsCutIsABrokenConnection(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            reply.accept();
            if (number == 0) {
                reply.send(log("a\n", 2).substring(0, 25));
                reply.awaitHangUp();
                return;
            }
            agent.status = "SUCCEEDED";
            reply.send(log("a\n", 2));
            reply.send(COMPLETE);
            reply.end();
        });
        try (LogStream log = client.tail("j", options(protocol))) {
            assertThat(log.stream()).containsExactly("a");
        }
    }

    @Test
    void aLogThatTheAgentSawCutIsALostLog() throws IOException {
        start((number, reply) -> {
            reply.accept();
            reply.send(log("one\n", 4));
            reply.send("{\"type\": \"error\", \"code\": \"log_lost\", \"message\": \"its file was cut\"}");
            reply.end();
        });
        assertLost(TailProtocol.AUTO, "its file was cut; 4 bytes", "one");
    }

    @Test
    void pingsAloneAreNoSignOfLifeOfAJobThatIsOver() throws IOException {
        start((number, reply) -> {
            reply.accept();
            agent.status = "SUCCEEDED";
            if (number == 0) {
                while (!reply.isHungUp()) {
                    reply.raw(ScriptedAgent.frame(0x89, new byte[0]));
                }
                return;
            }
            reply.send(log("late\n", 5));
            reply.send(COMPLETE);
            reply.end();
        });
        TailOptions options = options(TailProtocol.WEBSOCKET).idleTimeout(Duration.ofMillis(200));
        try (LogStream log = client.tail("j", options)) {
            assertThat(log.stream()).containsExactly("late");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TailProtocol.class,
            names = {"WEBSOCKET", "HTTP"})
    void aByteOrderMarkIsText(TailProtocol protocol) throws IOException {
        start((number, reply) -> {
            reply.accept();
            agent.status = "SUCCEEDED";
            reply.send(log("\uFEFFone\n", 7));
            reply.send(COMPLETE);
            reply.end();
        });
        try (LogStream log = client.tail("j", options(protocol))) {
            assertThat(log.stream()).containsExactly("\uFEFFone");
        }
    }

    @Test
    void aVeryLongEventCostsNoMoreThanItsLength() throws IOException {
        String line = "x".repeat(15 << 20);
        start((number, reply) -> {
            reply.accept();
            agent.status = "SUCCEEDED";
            reply.send(log(line + "\n", line.length() + 1));
            reply.send(COMPLETE);
            reply.end();
        });
        try (LogStream log = client.tail("j", options(TailProtocol.HTTP))) {
            assertThat(log.iterator().next().equals(line)).isTrue();
        }
    }

    private void assertLost(TailProtocol protocol, String why, String... before) {
        List<String> lines = new java.util.ArrayList<>();
        try (LogStream log = client.tail("j", options(protocol))) {
            assertThatThrownBy(() -> log.forEach(lines::add))
                    .isInstanceOf(io.synapse.sdk.LogLostException.class)
                    .hasMessageContaining(why);
            assertThat(lines).containsExactly(before);
            assertThat(log.finalStatus()).isEmpty();
        }
    }

    @Test
    void theListenerIsToldOfConnections() throws IOException {
        ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        start((number, reply) -> {
            reply.accept();
            reply.send("{\"type\": \"log\", \"message\": \"one\\ntwo\\n\"}");
            if (number == 0) {
                reply.reset();
            } else {
                agent.status = "SUCCEEDED";
                reply.send(COMPLETE);
                reply.end();
            }
        });
        client = builder(agent.url())
                .listener(new ClientListener() {
                    @Override
                    public void streamStarted(ClientListener.Stream stream) {
                        told.add("started " + stream.job());
                    }

                    @Override
                    public void streamConnected(ClientListener.Stream stream, TailProtocol protocol) {
                        told.add("connected " + stream.job() + " " + protocol);
                    }

                    @Override
                    public void streamReconnecting(ClientListener.Stream stream, String reason, Duration delay) {
                        told.add("reconnecting " + delay.toMillis());
                    }

                    @Override
                    public void streamEnded(
                            ClientListener.Stream stream,
                            io.synapse.sdk.LogStatistics statistics,
                            Duration duration,
                            java.util.Optional<RuntimeException> failure) {
                        told.add("ended " + statistics.bytes() + " " + failure.isPresent());
                    }
                })
                .build();
        try (LogStream log = client.tail("j", options(TailProtocol.WEBSOCKET))) {
            assertThat(log.stream()).containsExactly("one", "two");
        }
        assertThat(told)
                .containsExactly(
                        "started j",
                        "connected j WEBSOCKET",
                        "reconnecting 0",
                        "connected j WEBSOCKET",
                        "ended 8 false");
    }

    private void start(ScriptedAgent.Script script) throws IOException {
        agent = new ScriptedAgent(script);
        client = builder(agent.url()).build();
    }

    private static TailClient.Builder builder(String url) {
        return TailClient.builder(url)
                .readTimeout(Duration.ofMillis(500))
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(2)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1))
                        .maxRetryAfter(Duration.ZERO));
    }

    private void sendWhole(ScriptedAgent.LogReply reply) throws IOException {
        agent.status = "SUCCEEDED";
        reply.accept();
        reply.send(log("one\ntwo\n", 8));
        reply.send(COMPLETE);
        reply.end();
    }

    private <E extends RuntimeException> E failure(Class<E> type, TailOptions options) {
        try (LogStream log = client.tail("j", options)) {
            return catchThrowableOfType(type, () -> log.iterator().hasNext());
        }
    }

    private static TailOptions options(TailProtocol protocol) {
        return TailOptions.DEFAULT.protocol(protocol).reconnectTimeout(Duration.ofSeconds(10));
    }

    private static String log(String message, int offset) {
        String text = message.replace("\n", "\\n").replace("\r", "\\r");
        return "{\"type\": \"log\", \"message\": \"" + text + "\", \"offset\": " + offset + "}";
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("it did not happen");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Waits until a thread is deep in reading an event from a socket. */
    private static void awaitBlocked(Thread thread) {
        org.awaitility.Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            StackTraceElement[] stack = thread.getStackTrace();
            return Stream.of(stack).anyMatch(frame -> frame.getMethodName().equals("receive"))
                    && (stack[0].isNativeMethod() || thread.getState() == Thread.State.TIMED_WAITING);
        });
    }
}
