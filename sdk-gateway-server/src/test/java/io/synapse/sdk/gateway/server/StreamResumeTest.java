package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import io.synapse.sdk.gateway.grpc.internal.Methods;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams that are cut go on without loss and repetition (wire/gateway.md, rows 8 and 10 of section 11). */
class StreamResumeTest {
    private static final String STREAM = "/api/v1/workflow/stream";
    private static EmbeddedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = EmbeddedGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static String body(String task) {
        return "{\"task\":\"" + task + "\"}";
    }

    private static HttpResponse<String> resume(String task, String lastEventId) throws Exception {
        return resume(gateway, task, lastEventId);
    }

    private static HttpResponse<String> resume(EmbeddedGateway of, String task, String lastEventId) throws Exception {
        Http http = Http.of(of);
        return http.send(http.request(STREAM)
                .header("Content-Type", "application/json")
                .header("Last-Event-ID", lastEventId)
                .POST(HttpRequest.BodyPublishers.ofString(body(task)))
                .build());
    }

    @Test
    void aStreamThatIsCutAtAnyByteIsReadWholeByTheClient() throws Exception {
        int length = Http.of(gateway).post(STREAM, body("한글 café 😀")).body().length();
        List<String> whole = null;
        for (int bytes = 0; bytes < length + 400; bytes += 97) {
            try (CuttingProxy proxy = new CuttingProxy(gateway.baseUrl(), 1, bytes + 1);
                    GatewayClient client = GatewayClient.builder()
                            .baseUrl(proxy.url())
                            .gatewayToken(gateway.token())
                            .build();
                    WorkflowStream stream = client.streamWorkflow(WorkflowRequest.of("한글 café 😀"))) {
                List<String> events = new ArrayList<>();
                try {
                    stream.forEach(event -> events.add(name(event)));
                } catch (io.synapse.sdk.ClientException e) {
                    assertThat(events).as("cut after %d bytes: %s", bytes, e).isEmpty(); // before the first event
                    continue;
                }
                whole = whole == null ? events : whole;
                assertThat(events).as("cut after %d bytes", bytes).hasSize(12).isEqualTo(whole);
            }
        }
        assertThat(whole).isNotNull();
    }

    @Test
    void aStreamOverGrpcThatIsCutAtAnyByteIsReadWholeByTheClient() throws Exception {
        URI service = URI.create("http://" + gateway.grpcAddress(GatewayService.CLAUDE));
        int resumed = 0;
        for (int bytes = 1; bytes < 1_200; bytes += 41) {
            try (CuttingProxy proxy = new CuttingProxy(service, 1, bytes);
                    GrpcGatewayClient client = GrpcGatewayClient.builder()
                            .token(gateway.token())
                            .address(
                                    GatewayService.CLAUDE,
                                    "127.0.0.1:" + proxy.url().getPort())
                            .build();
                    EventStream<StreamMessage> stream = client.streamPlan(PlanRequest.of("한글 café 😀"))) {
                List<StreamMessage> messages = new ArrayList<>();
                stream.forEach(messages::add);
                assertThat(messages)
                        .as("cut after %d bytes", bytes)
                        .extracting(StreamMessage::sequence)
                        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
                assertThat(messages.get(5).last()).isTrue();
                resumed += proxy.connections.get() - 1;
            }
        }
        assertThat(resumed).as("connections that were cut").isGreaterThan(10);
    }

    private static String name(WorkflowEvent event) {
        return event.getClass().getSimpleName()
                + (event instanceof WorkflowEvent.StepStarted started ? started.step() : "")
                + (event instanceof WorkflowEvent.StepCompleted completed ? completed.step() : "");
    }

    @Test
    void everyEventIsSentOnceWhereverAReaderGoesOn() throws Exception {
        String whole = Http.of(gateway).post(STREAM, body("t")).body();
        String first = whole.substring("id: ".length(), whole.indexOf('\n'));
        String stream = first.substring(0, first.lastIndexOf(':'));
        for (int after = 0; after <= 12; after++) {
            HttpResponse<String> rest = resume("t", stream + ":" + after);
            assertThat(rest.statusCode()).isEqualTo(200);
            int from = after == 12 ? whole.length() : whole.indexOf("id: " + stream + ":" + (after + 1) + "\n");
            assertThat(rest.body()).isEqualTo(whole.substring(from));
        }
    }

    @Test
    void whatIsNotThereOrNotTheCallersIsRefused() throws Exception {
        String whole = Http.of(gateway).post(STREAM, body("mine")).body();
        String stream = whole.substring("id: ".length(), whole.indexOf('\n'));
        stream = stream.substring(0, stream.lastIndexOf(':'));
        String forged = stream.substring(0, stream.length() - 4) + "0000";
        assertThat(resume("mine", stream + ":13").statusCode())
                .as("beyond the end")
                .isEqualTo(410);
        assertThat(resume("yours", stream + ":1").statusCode())
                .as("another request")
                .isEqualTo(404);
        assertThat(resume("mine", forged + ":1").statusCode()).as("forged").isEqualTo(404);
        assertThat(resume("mine", "nonsense").statusCode()).as("no id").isEqualTo(404);
        HttpResponse<String> lost = resume("mine", "workflow-00000000-1-" + "0".repeat(32) + ":1");
        assertThat(lost.statusCode()).as("of an earlier gateway").isEqualTo(410);
        assertThat(lost.body()).contains("lost");
    }

    @Test
    void aStreamIsForgottenSomeTimeAfterItsEnd() throws Exception {
        try (EmbeddedGateway forgetful =
                EmbeddedGateway.builder().streamRetention(Duration.ofMillis(50)).start()) {
            String whole = Http.of(forgetful).post(STREAM, body("t")).body();
            String id = whole.substring("id: ".length(), whole.indexOf('\n'));
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> resume(forgetful, "t", id).statusCode() == 410);
            assertThat(resume(forgetful, "t", id).body()).contains("not kept any more");
        }
    }

    @Test
    void aStreamOverGrpcGoesOnAfterTheLastMessage() {
        AiAgent.PlanRequest request =
                AiAgent.PlanRequest.newBuilder().setTaskDescription("t").build();
        List<AiAgent.StreamMessage> all = messages(request);
        assertThat(all).hasSize(6);
        String stream = all.get(0).getStreamId();
        for (int after = 0; after <= 6; after++) {
            AiAgent.PlanRequest again = request.toBuilder()
                    .setResumeStreamId(stream)
                    .setResumeAfter(after)
                    .build();
            assertThat(messages(again)).isEqualTo(all.subList(after, 6));
        }
        AiAgent.PlanRequest alone = AiAgent.PlanRequest.newBuilder()
                .setResumeStreamId(stream)
                .setResumeAfter(2)
                .build();
        assertThat(messages(alone)).as("without the request").isEqualTo(all.subList(2, 6));
        assertFailure(alone.toBuilder().setResumeAfter(7), Status.Code.OUT_OF_RANGE);
        assertFailure(alone.toBuilder().setResumeStreamId("no-such"), Status.Code.NOT_FOUND);
        String forged = stream.replaceFirst("-(\\d+-[0-9a-f]{32})$", "-9$1");
        assertFailure(alone.toBuilder().setResumeStreamId(forged), Status.Code.NOT_FOUND);
        assertFailure(
                alone.toBuilder().setResumeStreamId("plan-00000000-1-" + "0".repeat(32)), Status.Code.OUT_OF_RANGE);
        assertFailure(request.toBuilder().setResumeStreamId(stream).setResumeAfter(7), Status.Code.OUT_OF_RANGE);
        assertFailure(request.toBuilder().setResumeStreamId("no-such").setResumeAfter(1), Status.Code.NOT_FOUND);
        assertFailure(request.toBuilder().setTaskDescription("x").setResumeStreamId(stream), Status.Code.NOT_FOUND);
    }

    private static void assertFailure(AiAgent.PlanRequest.Builder request, Status.Code code) {
        assertThatThrownBy(() -> messages(request.build())).isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
            assertThat(e.getStatus().getCode()).isEqualTo(code);
            assertThat(String.valueOf(e.getTrailers())).contains("grpc-status-details-bin");
        });
    }

    private static List<AiAgent.StreamMessage> messages(AiAgent.PlanRequest request) {
        try (GrpcChannel channel = new GrpcChannel(gateway, GatewayService.CLAUDE)) {
            Iterator<Message> messages = ClientCalls.blockingServerStreamingCall(
                    channel.channel(),
                    Methods.of(
                            AiAgent.getDescriptor().findServiceByName("ClaudeService"),
                            "StreamPlan",
                            request,
                            AiAgent.StreamMessage.getDefaultInstance()),
                    CallOptions.DEFAULT,
                    request);
            List<AiAgent.StreamMessage> all = new ArrayList<>();
            messages.forEachRemaining(message -> all.add((AiAgent.StreamMessage) message));
            return all;
        }
    }
}
