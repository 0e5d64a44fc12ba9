package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStatistics;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.internal.GrpcEngine;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that is cut goes on without a gap and without a repetition, or says why it does not. */
@Timeout(60)
class GrpcStreamsTest {
    private static final PlanRequest PLAN = PlanRequest.of("t");
    private static final ExecuteRequest EXECUTE = ExecuteRequest.of("make");
    private static final Status CUT = Status.UNAVAILABLE.withDescription("cut");

    /** What the server sends to one request, and how it ends it; CANCELLED leaves it open. */
    private record Part(List<AiAgent.StreamMessage> messages, Status end, Metadata trailers) {
        Part(List<AiAgent.StreamMessage> messages, Status end) {
            this(messages, end, new Metadata());
        }
    }

    /** Sends one part to each request, the last one again and again. */
    private static final class Scripted extends RawServer.Handler {
        private final List<Part> parts;
        private final List<byte[]> requests = new CopyOnWriteArrayList<>();
        private final CountDownLatch cancelled = new CountDownLatch(1);

        Scripted(Part... parts) {
            this.parts = List.of(parts);
        }

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            requests.add(request);
            Part part = parts.get(Math.min(requests.size(), parts.size()) - 1);
            call.sendHeaders(new Metadata());
            part.messages.forEach(each -> call.sendMessage(each.toByteArray()));
            if (part.end != Status.CANCELLED) {
                call.close(part.end, part.trailers);
            }
        }

        @Override
        void cancelled() {
            cancelled.countDown();
        }

        AiAgent.ExecuteRequest request(int number) throws InvalidProtocolBufferException {
            return AiAgent.ExecuteRequest.parseFrom(requests.get(number - 1));
        }
    }

    static AiAgent.StreamMessage numbered(String stream, long number, boolean last) {
        return AiAgent.StreamMessage.newBuilder()
                .setStreamId(stream)
                .setType("log")
                .setContent("line " + number)
                .setSequence(number)
                .setFinal(last)
                .build();
    }

    /** The messages with these numbers of a stream of five. */
    static List<AiAgent.StreamMessage> messages(int from, int to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> numbered("s-1", number, number == 5))
                .toList();
    }

    /** Messages without numbers, as of the original: only the time differs. */
    private static List<AiAgent.StreamMessage> unnumbered(long now, String... texts) {
        return Stream.of(texts)
                .map(text -> AiAgent.StreamMessage.newBuilder()
                        .setStreamId("plan-t")
                        .setType("progress")
                        .setContent(text)
                        .setTimestamp(now)
                        .build())
                .toList();
    }

    static List<String> read(EventStream<StreamMessage> stream) {
        List<String> texts = new ArrayList<>();
        readInto(texts, stream);
        return texts;
    }

    private static void readInto(List<String> texts, EventStream<StreamMessage> stream) {
        try (stream) {
            stream.iterator().forEachRemaining(each -> texts.add(each.content()));
        }
    }

    private static StreamCutException cutOf(List<String> texts, EventStream<StreamMessage> stream) {
        return catchThrowableOfType(StreamCutException.class, () -> readInto(texts, stream));
    }

    /** The server is asked again and again, and never has more. */
    @Test
    void aCutStreamIsNotContinuedForLongerThanTheDeadlineOfAView() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 2), CUT), new Part(List.of(), CUT));
        List<String> told = new CopyOnWriteArrayList<>();
        ClientListener listener = new ClientListener() {
            @Override
            public void eventsStarted(Events stream) {
                told.add("started " + stream.method() + " " + stream.pathTemplate());
            }

            @Override
            public void eventsReconnecting(Events stream, String reason, Duration delay) {
                told.add("reconnecting");
            }

            @Override
            public void eventsEnded(
                    Events stream, EventStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
                assertThat(failure).containsInstanceOf(StreamCutException.class);
                int size = messages(1, 2).stream()
                        .mapToInt(AiAgent.StreamMessage::getSerializedSize)
                        .sum();
                assertThat(statistics).isEqualTo(new EventStatistics(2, size, handler.requests.size() - 1));
                told.add("ended");
            }
        };
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().listener(listener).build()) {
            List<String> texts = new ArrayList<>();
            long start = System.nanoTime();

            StreamCutException cut = cutOf(
                    texts,
                    client.with(Resilience.NONE.deadline(Duration.ofSeconds(1))).streamExecute(EXECUTE));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            assertThat(cut.delivered()).isEqualTo(2);
            assertThat(texts).hasSize(2);
            assertThat(handler.requests).hasSizeGreaterThan(1);
            assertThat(told).startsWith("started POST /ai_agent.CodexService/StreamExecute", "reconnecting");
            assertThat(told).endsWith("ended").containsOnlyOnce("ended");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aCutStreamGoesOnAfterTheLastMessage(int cutAfter) throws Exception {
        Scripted handler =
                new Scripted(new Part(messages(1, cutAfter), CUT), new Part(messages(cutAfter + 1, 5), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            assertThat(read(client.streamExecute(EXECUTE)))
                    .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");

            assertThat(handler.requests).hasSize(2);
            assertThat(handler.request(1).getResumeStreamId()).isEmpty();
            assertThat(handler.request(1).getCommand()).isEqualTo("make");
            assertThat(handler.request(2))
                    .isEqualTo(AiAgent.ExecuteRequest.newBuilder()
                            .setResumeStreamId("s-1")
                            .setResumeAfter(cutAfter)
                            .build()); // without the command, so that no server can run it again
        }
    }

    @Test
    void allStreamsGoOn() throws Exception {
        for (int i = 0; i < 2; i++) {
            Scripted handler = new Scripted(new Part(messages(1, 2), CUT), new Part(messages(3, 5), Status.OK));
            try (RawServer server = new RawServer(handler);
                    GrpcGatewayClient client = server.client().build()) {
                assertThat(read(i == 0 ? client.streamPlan(PLAN) : client.streamAnalyze(AnalysisRequest.of("t"))))
                        .hasSize(5);
                assertThat(handler.request(2).getResumeStreamId()).isEqualTo("s-1");
                assertThat(handler.request(2).getResumeAfter()).isEqualTo(2);
            }
        }
    }

    @Test
    void whatCameBeforeIsDropped() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 3), CUT), new Part(messages(2, 5), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            assertThat(read(client.streamExecute(EXECUTE)))
                    .containsExactly("line 1", "line 2", "line 3", "line 4", "line 5");
        }
    }

    @Test
    void anEndBeforeTheLastMessageIsACut() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 3), Status.OK), new Part(messages(4, 5), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            assertThat(read(client.streamExecute(EXECUTE))).hasSize(5);
            assertThat(handler.requests).hasSize(2);
        }
    }

    @Test
    void theLastMessageIsTheEndWhateverFollows() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 5), Status.CANCELLED)); // the server leaves it open
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().maxInFlight(1).build()) {
            assertThat(read(client.streamExecute(EXECUTE))).hasSize(5);
            assertThat(handler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(read(client.streamExecute(EXECUTE))).hasSize(5); // the permit was given back
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4, s-1, message 4 came after 2",
        "3, s-2, messages of another stream came",
        "0, s-1, only some of its messages have numbers",
        "-1, s-1, message -1 came after 2"
    })
    void aGapIsNeverSilent(long number, String streamId, String why) throws Exception {
        Scripted handler = new Scripted(
                new Part(messages(1, 2), CUT), new Part(List.of(numbered(streamId, number, false)), Status.CANCELLED));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            List<String> texts = new ArrayList<>();
            EventStream<StreamMessage> stream = client.streamExecute(EXECUTE); // not closed: the fault ends the call
            StreamCutException cut = catchThrowableOfType(
                    StreamCutException.class,
                    () -> stream.iterator().forEachRemaining(each -> texts.add(each.content())));

            assertThat(cut).hasMessageContaining(why);
            assertThat(cut.delivered()).isEqualTo(2);
            assertThat(cut.statusCode()).isEqualTo(503);
            assertThat(texts).containsExactly("line 1", "line 2");
            assertThat(handler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aStreamThatDoesNotBeginWithItsFirstMessageHasAGap() throws Exception {
        try (RawServer server = new RawServer(new Scripted(new Part(messages(2, 5), Status.OK)));
                GrpcGatewayClient client = server.client().build()) {
            StreamCutException cut = cutOf(new ArrayList<>(), client.streamExecute(EXECUTE));
            assertThat(cut).hasMessageContaining("message 2 came after none");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OUT_OF_RANGE, its server does not have the messages after number 2",
        "NOT_FOUND, its server does not know the stream any more",
        "UNAUTHENTICATED, it cannot be continued"
    })
    void whyAStreamCannotGoOnIsSaid(Status.Code code, String why) throws Exception {
        Scripted handler = new Scripted(
                new Part(messages(1, 2), CUT),
                new Part(List.of(), code.toStatus().withDescription("gone")));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            StreamCutException cut = cutOf(new ArrayList<>(), client.streamExecute(EXECUTE));

            assertThat(cut).hasMessageContaining(why).hasMessageContaining("gone");
            assertThat(cut.getCause()).isInstanceOf(ClientException.class);
            assertThat(cut.mayHaveBeenExecuted()).isTrue();
            assertThat(handler.requests).hasSize(2);
        }
    }

    @Test
    void whatTheServerSaysOfItsWorkIsNoCut() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 2), Status.INTERNAL.withDescription("the agent failed")));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            assertThat(catchThrowableOfType(ServerException.class, () -> read(client.streamExecute(EXECUTE))))
                    .hasMessageContaining("the agent failed");
            assertThat(handler.requests).hasSize(1);
        }
    }

    @Test
    void thePauseThatTheServerAsksForIsKept() throws Exception {
        Metadata pushback = new Metadata();
        pushback.put(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER), "300");
        Scripted handler = new Scripted(new Part(messages(1, 2), CUT, pushback), new Part(messages(3, 5), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            long start = System.nanoTime();
            assertThat(read(client.streamExecute(EXECUTE))).hasSize(5);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void aStreamIsGivenUpAfterAMinuteWithoutAMessage() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 2), CUT), new Part(List.of(), CUT));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client =
                        new GrpcGatewayClient(new GrpcEngine(server.client().settings(), new FastClock()))) {
            StreamCutException cut = cutOf(new ArrayList<>(), client.streamExecute(EXECUTE));

            assertThat(cut.delivered()).isEqualTo(2);
            assertThat(handler.requests).hasSizeBetween(4, 8);
            assertThat(cut.attempts()).isEqualTo(handler.requests.size());
        }
    }

    @Test
    void aStreamThatBringsMessagesIsNotLimited() throws Exception {
        Part[] parts = LongStream.rangeClosed(1, 20)
                .mapToObj(number -> new Part(List.of(numbered("s-1", number, number == 20)), CUT))
                .toArray(Part[]::new);
        Scripted handler = new Scripted(parts);
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client =
                        new GrpcGatewayClient(new GrpcEngine(server.client().settings(), new FastClock()))) {
            assertThat(read(client.streamExecute(EXECUTE))).hasSize(20);
            assertThat(handler.requests).hasSize(20);
        }
    }

    @Test
    void aPlanWithoutNumbersIsBegunAgainAndWhatCameBeforeIsSkipped() throws Exception {
        Scripted handler = new Scripted(
                new Part(unnumbered(1, "Analysis", "Design"), CUT),
                new Part(unnumbered(2, "Analysis"), CUT),
                new Part(unnumbered(3, "Analysis", "Design", "Review"), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            assertThat(read(client.streamPlan(PLAN))).containsExactly("Analysis", "Design", "Review");
            assertThat(handler.requests)
                    .hasSize(3)
                    .allSatisfy(each -> assertThat(each)
                            .isEqualTo(AiAgent.PlanRequest.newBuilder()
                                    .setTaskDescription("t")
                                    .build()
                                    .toByteArray()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Other, begun again it has other messages than before",
        "'', begun again it has fewer messages than before"
    })
    void aPlanThatIsAnotherWhenBegunAgainIsACut(String second, String why) throws Exception {
        String[] texts = second.isEmpty() ? new String[] {"Analysis"} : new String[] {"Analysis", second, "Review"};
        Scripted handler = new Scripted(
                new Part(unnumbered(1, "Analysis", "Design"), CUT), new Part(unnumbered(2, texts), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            List<String> delivered = new ArrayList<>();
            StreamCutException cut = cutOf(delivered, client.streamPlan(PLAN));
            assertThat(cut.getMessage().replace(",", "")).contains(why);
            assertThat(delivered).containsExactly("Analysis", "Design");
        }
    }

    @Test
    void aCommandWithoutNumbersIsNeverBegunAgain() throws Exception {
        Scripted handler = new Scripted(new Part(unnumbered(1, "Starting"), CUT));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            StreamCutException cut = cutOf(new ArrayList<>(), client.streamExecute(EXECUTE));
            assertThat(cut).hasMessageContaining("does not number the messages");
            assertThat(cut.delivered()).isEqualTo(1);
            assertThat(cut.mayHaveBeenExecuted()).isTrue();
            assertThat(handler.requests).hasSize(1);
        }
    }

    @Test
    void retriesAreForWhatHasNotBegun() throws Exception {
        Scripted handler = new Scripted(new Part(messages(1, 2), CUT), new Part(messages(3, 5), Status.OK));
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client =
                        server.client().retryPolicy(RetryPolicy.NEVER).build()) {
            assertThat(read(client.streamExecute(EXECUTE))).hasSize(5);
        }
    }
}
