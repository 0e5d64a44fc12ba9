package io.synapse.sdk.gateway.grpc;

import static io.synapse.sdk.gateway.grpc.FrameServer.DATA;
import static io.synapse.sdk.gateway.grpc.FrameServer.END_HEADERS;
import static io.synapse.sdk.gateway.grpc.FrameServer.END_STREAM;
import static io.synapse.sdk.gateway.grpc.FrameServer.HEADERS;
import static io.synapse.sdk.gateway.grpc.FrameServer.RST_STREAM;
import static io.synapse.sdk.gateway.grpc.FrameServer.frame;
import static io.synapse.sdk.gateway.grpc.FrameServer.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.internal.GrpcEngine;
import io.synapse.sdk.gateway.grpc.internal.GrpcSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections, frame by frame: keepalive, and what the original was recorded to send. */
@Timeout(60)
class GrpcConnectionTest {
    /** The HTTP status of each status of gRPC that was recorded. */
    private static final Map<Integer, Integer> STATUS = Map.of(2, 500, 12, 501, 13, 500);

    private static final Duration SHORTEST_KEEPALIVE = Duration.ofSeconds(10); // gRPC allows no less

    @Test
    void aConnectionIsAskedForASignOfLifeEvery30Seconds() {
        GrpcSettings settings = GrpcGatewayClient.builder().settings();
        assertThat(settings.keepAlive()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void pingsAreSentWithCallsOnly() throws Exception {
        FrameServer.Answers one = (out, stream, call) -> call == 1 || answer(out, stream, new byte[0]);
        try (FrameServer idle = new FrameServer((out, stream, call) -> answer(out, stream, new byte[0]));
                FrameServer busy = new FrameServer(one);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .address(GatewayService.CLAUDE, idle.address())
                        .address(GatewayService.CODEX, busy.address())
                        .keepAlive(SHORTEST_KEEPALIVE)
                        .build()) {
            client.createPlan(PlanRequest.of("t"));
            client.execute(ExecuteRequest.of("ls"));
            long start = System.nanoTime();
            CompletableFuture<ExecutionResult> running = client.async().execute(ExecuteRequest.of("sleep"));

            await().atMost(Duration.ofSeconds(30)).until(() -> !busy.pings.isEmpty());
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(SHORTEST_KEEPALIVE.minusSeconds(1));
            assertThat(busy.pings).containsOnly(2);
            assertThat(idle.pings).isEmpty();
            assertThat(running).isNotDone(); // it was answered, so the connection stays
        }
    }

    private static boolean answer(OutputStream out, int stream, byte[] message) throws IOException {
        frame(out, HEADERS, END_HEADERS, stream, headers(":status", "content-type", "application/grpc"));
        frame(out, DATA, 0, stream, message(message, false));
        frame(out, HEADERS, END_HEADERS | END_STREAM, stream, headers("grpc-status", "0"));
        return true;
    }

    /** A message with the prefix of gRPC: whether it is compressed, and its length. */
    private static byte[] message(byte[] message, boolean compressed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (compressed) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(message);
            }
        } else {
            bytes.writeBytes(message);
        }
        return ByteBuffer.allocate(5 + bytes.size())
                .put((byte) (compressed ? 1 : 0))
                .putInt(bytes.size())
                .put(bytes.toByteArray())
                .array();
    }

    static List<GrpcRecording> recordings() throws IOException {
        return GrpcRecording.frames();
    }

    /** The frames of the original, with the messages of the other recordings in place of those that were left out. */
    @ParameterizedTest
    @MethodSource("recordings")
    void theFramesOfTheOriginalAreUnderstood(GrpcRecording recording) throws Exception {
        Map<Integer, Integer> settings = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : recording.line().get("settings").properties()) {
            settings.put(Integer.valueOf(each.getKey()), each.getValue().intValue());
        }
        String method = recording.text("path").substring(recording.text("path").lastIndexOf('/') + 1);
        List<byte[]> messages = GrpcRecording.all().stream()
                .filter(each -> each.text("method").equals(method.equals("Nope") ? "CreatePlan" : method))
                .filter(each -> !each.answers().isEmpty())
                .findFirst()
                .map(GrpcRecording::answers)
                .orElseThrow();
        boolean isAnswered =
                recording.line().has("response_headers") || recording.line().has("reset");
        try (FrameServer server = new FrameServer(
                        settings, (out, stream, call) -> replay(recording.line(), messages, out, stream));
                GrpcGatewayClient client = new GrpcGatewayClient(new GrpcEngine(
                        RawServer.client(server.address())
                                .callTimeout(Duration.ofSeconds(isAnswered ? 20 : 2))
                                .retryPolicy(RetryPolicy.NEVER)
                                .settings(),
                        new FastClock()))) {
            List<Object> answers = new ArrayList<>();
            ClientException failure = catchThrowableOfType(ClientException.class, () -> call(client, method, answers));

            JsonNode frames = recording.line().get("frames");
            assertThat(answers).hasSize(frames == null ? 0 : frames.size());
            assertFailure(recording.line(), failure);
            if (!answers.isEmpty() && answers.get(0) instanceof Plan plan) {
                assertThat(plan.steps()).hasSize(5);
            }
        }
    }

    private static void assertFailure(JsonNode recorded, ClientException failure) {
        JsonNode last = recorded.has("trailers") ? recorded.get("trailers") : recorded.path("response_headers");
        int code = -1;
        String words = "";
        for (JsonNode each : last) {
            code = each.get(0).textValue().equals("grpc-status") ? each.get(1).asInt() : code;
            words = each.get(0).textValue().equals("grpc-message") ? each.get(1).textValue() : words;
        }
        if (code == 0) {
            assertThat(failure).isNull();
        } else if (recorded.has("reset")) {
            assertThat(failure.statusCode()).isEqualTo(500);
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
        } else if (code == -1) {
            assertThat(failure.statusCode()).isEqualTo(408); // no answer
        } else if (recorded.has("frames")) {
            assertThat(failure).isInstanceOf(StreamCutException.class).hasMessageContaining(words);
        } else {
            assertThat(failure.statusCode()).isEqualTo(STATUS.get(code));
            assertThat(failure).hasMessageContaining(words.substring(0, 17));
        }
    }

    private static boolean replay(JsonNode recorded, List<byte[]> messages, OutputStream out, int stream)
            throws IOException {
        if (recorded.has("reset")) {
            byte[] code = ByteBuffer.allocate(4)
                    .putInt(recorded.get("reset").intValue())
                    .array();
            frame(out, RST_STREAM, 0, stream, code);
        }
        if (recorded.has("response_headers")) {
            boolean only = !recorded.has("frames");
            int flags = only ? END_HEADERS | END_STREAM : END_HEADERS;
            frame(out, HEADERS, flags, stream, block(recorded.get("response_headers")));
        }
        int number = 0;
        for (JsonNode each : recorded.path("frames")) {
            boolean compressed = each.get("prefix_hex").textValue().startsWith("01");
            frame(out, DATA, 0, stream, message(messages.get(number++), compressed));
        }
        if (recorded.has("trailers")) {
            frame(out, HEADERS, END_HEADERS | END_STREAM, stream, block(recorded.get("trailers")));
        }
        return true;
    }

    private static byte[] block(JsonNode recorded) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : recorded) {
            texts.add(each.get(0).textValue());
            if (!texts.get(texts.size() - 1).equals(":status")) {
                texts.add(each.get(1).textValue());
            }
        }
        return headers(texts.toArray(String[]::new));
    }

    private static void call(GrpcGatewayClient client, String method, List<Object> answers) {
        switch (method) {
            case "HealthCheck" -> answers.add(client.healthCheck(GatewayService.CLAUDE));
            case "Execute" -> answers.add(client.execute(ExecuteRequest.of("ls")));
            case "StreamPlan" -> {
                try (EventStream<StreamMessage> stream = client.streamPlan(PlanRequest.of("t"))) {
                    stream.iterator().forEachRemaining(answers::add);
                }
            }
            default -> answers.add(client.createPlan(PlanRequest.of("t")));
        }
    }
}
