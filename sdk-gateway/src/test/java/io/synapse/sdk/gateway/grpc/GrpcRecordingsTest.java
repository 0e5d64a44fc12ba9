package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.EventStream;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.StreamCutException;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.grpc.internal.GrpcEngine;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original sent is read, and its errors are told (gateway-grpc.jsonl). */
@Timeout(60)
class GrpcRecordingsTest {
    /** The HTTP status of each status of gRPC that was recorded. */
    private static final Map<String, Integer> STATUS = Map.of(
            "NOT_FOUND", 404,
            "DEADLINE_EXCEEDED", 504,
            "UNKNOWN", 500,
            "UNIMPLEMENTED", 501,
            "UNAVAILABLE", 503,
            "CANCELLED", 499,
            "RESOURCE_EXHAUSTED", 429);

    @Test
    void allMessagesAreDecodedAndEncodedToTheSameBytes() throws IOException {
        int messages = 0;
        for (GrpcRecording each : GrpcRecording.all()) {
            Optional<MethodDescriptor> method = descriptor(each);
            if (method.isEmpty()) {
                continue;
            }
            List<byte[]> answers = each.answers();
            for (byte[] answer : answers) {
                assertThat(encoded(method.get().getOutputType(), answer))
                        .as(each.toString())
                        .isEqualTo(answer);
            }
            if (!each.text("case").equals("request bytes not decodable")) {
                assertThat(encoded(method.get().getInputType(), each.request()))
                        .as(each.toString())
                        .isEqualTo(each.request());
            }
            messages += answers.size() + 1;
        }
        assertThat(messages).isGreaterThan(120);
    }

    private static byte[] encoded(Descriptor type, byte[] message) throws IOException {
        DynamicMessage decoded = DynamicMessage.parseFrom(type, message);
        boolean known = decoded.getUnknownFields().asMap().keySet().stream().allMatch(number -> number == 15);
        assertThat(known).isTrue();
        return decoded.toByteArray();
    }

    private static Optional<MethodDescriptor> descriptor(GrpcRecording recording) {
        return Stream.of(AiAgent.getDescriptor(), StandardHealth.getDescriptor())
                .flatMap(file -> file.getServices().stream())
                .filter(service -> service.getFullName().equals(recording.text("service")))
                .map(service -> service.findMethodByName(recording.text("method")))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    /** All that the client has a method for. */
    static List<GrpcRecording> exchanges() throws IOException {
        return GrpcRecording.all().stream()
                .filter(each -> descriptor(each).isPresent())
                .filter(each -> !each.text("method").equals("List"))
                .filter(each -> !each.text("case").equals("generate code"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void eachExchangeIsReplayed(GrpcRecording recording) throws IOException {
        AtomicReference<String> called = new AtomicReference<>();
        try (RawServer server = new RawServer(replay(recording, called));
                GrpcGatewayClient client = new GrpcGatewayClient(new GrpcEngine(
                        server.client().retryPolicy(RetryPolicy.NEVER).settings(), new FastClock()))) {
            List<Object> answers = new ArrayList<>();
            ClientException failure = catchThrowableOfType(
                    ClientException.class, () -> call(client, service(recording), recording.text("method"), answers));

            assertThat(called.get()).isEqualTo(recording.method());
            assertThat(answers).hasSize(recording.answers().size());
            Descriptor type = descriptor(recording).orElseThrow().getOutputType();
            for (int i = 0; i < answers.size(); i++) {
                RecordedFields.assertSame(
                        DynamicMessage.parseFrom(type, recording.answers().get(i)), answers.get(i));
            }
            if (recording.text("status").equals("OK")) {
                assertThat(failure).isNull();
            } else if (isCut(recording)) {
                assertThat(failure).isInstanceOf(StreamCutException.class);
                assertThat(((StreamCutException) failure).delivered()).isEqualTo(answers.size());
            } else {
                assertThat(failure.statusCode()).isEqualTo(STATUS.get(recording.text("status")));
                assertThat(failure.attempts()).isEqualTo(1);
            }
        }
    }

    /** A stream that had begun, and ended as one that may go on a moment later, or by the caller. */
    private static boolean isCut(GrpcRecording recording) {
        return !recording.answers().isEmpty()
                && List.of("UNAVAILABLE", "DEADLINE_EXCEEDED").contains(recording.text("status"));
    }

    /** Answers as the original: gzip is announced always, and used for messages that are not small. */
    private static RawServer.Handler replay(GrpcRecording recording, AtomicReference<String> called) {
        return new RawServer.Handler() {
            @Override
            void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
                called.set(call.getMethodDescriptor().getFullMethodName());
                List<byte[]> answers = recording.answers();
                if (!answers.isEmpty()) {
                    call.setCompression("gzip");
                    call.sendHeaders(new Metadata());
                    for (byte[] each : answers) {
                        call.setMessageCompression(each.length > 100);
                        call.sendMessage(each);
                    }
                }
                call.close(recording.status(), new Metadata());
            }
        };
    }

    private static void call(GrpcGatewayClient client, GatewayService service, String method, List<Object> answers) {
        switch (method) {
            case "HealthCheck" -> answers.add(client.healthCheck(service));
            case "Check" -> answers.add(client.checkHealth(GatewayService.CLAUDE, ""));
            case "Watch" -> drain(client.watchHealth(GatewayService.CLAUDE, ""), answers);
            case "CreatePlan" -> answers.add(client.createPlan(PlanRequest.of("t")));
            case "GenerateCode" -> answers.add(client.generateCode(CodeRequest.of("t")));
            case "Analyze" -> answers.add(client.analyze(AnalysisRequest.of("t")));
            case "ReviewCode" -> answers.add(client.reviewCode(ReviewRequest.of("t")));
            case "Execute" -> answers.add(client.execute(ExecuteRequest.of("t")));
            case "StreamPlan" -> drain(client.streamPlan(PlanRequest.of("t")), answers);
            case "StreamAnalyze" -> drain(client.streamAnalyze(AnalysisRequest.of("t")), answers);
            case "StreamExecute" -> drain(client.streamExecute(ExecuteRequest.of("t")), answers);
            default -> answers.add(GrpcOperationsTest.call(client, service, method));
        }
    }

    /** The service of a recording; that of the standard health protocol is in all of them. */
    private static GatewayService service(GrpcRecording recording) {
        return Stream.of(GatewayService.values())
                .filter(each -> each.fullName().equals(recording.text("service")))
                .findFirst()
                .orElse(GatewayService.CLAUDE);
    }

    private static void drain(EventStream<?> stream, List<Object> answers) {
        try (stream) {
            stream.iterator().forEachRemaining(answers::add);
        }
    }
}
