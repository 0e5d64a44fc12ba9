package io.synapse.sdk.gateway.server.model;

import static io.synapse.sdk.gateway.server.model.OpenAiReplies.PLAN;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.beginning;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.complete;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.pieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.EventStream;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import io.synapse.sdk.gateway.grpc.StreamMessageType;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import io.synapse.sdk.gateway.server.RestartableConsumer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A text that breaks off after its first piece, and another one in its place (wire/gateway.md, section 8). */
@Timeout(60)
class RestartedTextTest {
    private static final PlanRequest TASK = PlanRequest.of("add a login page");

    private final ProviderServer server;
    private final ModelAgent agent;
    private final List<String> received = new ArrayList<>();

    RestartedTextTest() throws IOException {
        server = new ProviderServer();
        agent = agent(2);
    }

    private ModelAgent agent(int attempts) {
        return ModelAgent.builder()
                .openAiKey("key")
                .openAiBaseUrl(server.url("/v1"))
                .model("openai/test-1")
                .maxAttempts(attempts)
                .pause(delay -> {})
                .build();
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        server.close();
    }

    /** Hears of texts that begin anew. */
    private final class Restarts implements RestartableConsumer {
        @Override
        public void accept(String piece) {
            received.add(piece);
        }

        @Override
        public void restarted() {
            received.add("restarted");
        }
    }

    private ProviderServer.Reply cutAfter(int pieces) {
        return beginning(PLAN, pieces, answer -> {}); // its connection is closed
    }

    @Test
    void whoAllowsThatGetsAnotherTextInPlaceOfOneThatWasCut() throws Exception {
        server.then(cutAfter(1)).then(cutAfter(0)).then(cutAfter(2)).then(complete(PLAN));
        try (ModelAgent patient = agent(4)) {
            assertThat(patient.plan(TASK, new Restarts()).steps()).hasSize(2);
        }

        List<String> pieces = pieces(PLAN);
        assertThat(received)
                .containsExactly(
                        pieces.get(0),
                        "restarted",
                        pieces.get(0),
                        pieces.get(1),
                        "restarted",
                        pieces.get(0),
                        pieces.get(1),
                        pieces.get(2));
    }

    @Test
    void aTextThatNoOtherFollowsIsWhatCame() {
        server.then(cutAfter(2)).then(cutAfter(0));

        AgentException failure = catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, new Restarts()));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.partialText())
                .isEqualTo(pieces(PLAN).get(0) + pieces(PLAN).get(1));
        assertThat(received).isEqualTo(pieces(PLAN).subList(0, 2));
        assertThat(server.requests).hasSize(2);
    }

    /** Over gRPC, with the SDK's client. */
    @Test
    void aStreamBeginsAnewIfItsCallerAllowsThat() {
        server.then(cutAfter(2)).then(complete(PLAN));
        List<StreamMessage> messages = new ArrayList<>();
        try (EmbeddedGateway gateway = EmbeddedGateway.builder().agent(agent).start();
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .token(gateway.token())
                        .address(GatewayService.CLAUDE, gateway.grpcAddress(GatewayService.CLAUDE))
                        .build();
                EventStream<StreamMessage> stream = client.streamPlan(TASK.restartable(true))) {
            stream.forEach(messages::add);
        }

        assertThat(messages)
                .extracting(message -> message.type().value())
                .containsExactly("log", "log", "restarted", "log", "log", "log", "result");
        assertThat(messages)
                .filteredOn(message -> message.type().equals(StreamMessageType.LOG))
                .extracting(StreamMessage::content)
                .containsExactly(
                        pieces(PLAN).get(0),
                        pieces(PLAN).get(1),
                        pieces(PLAN).get(0),
                        pieces(PLAN).get(1),
                        pieces(PLAN).get(2));
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void withoutThatThereIsNoOtherText() {
        server.then(cutAfter(2)).then(complete(PLAN));

        AgentException failure = catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, received::add));

        assertThat(failure.partialText()).isEqualTo(String.join("", pieces(PLAN).subList(0, 2)));
        assertThat(server.requests).hasSize(1);
    }
}
