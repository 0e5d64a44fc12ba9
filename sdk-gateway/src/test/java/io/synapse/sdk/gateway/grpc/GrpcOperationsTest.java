package io.synapse.sdk.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.gateway.BuildRequest;
import io.synapse.sdk.gateway.DeployRequest;
import io.synapse.sdk.gateway.DeployTarget;
import io.synapse.sdk.gateway.OrchestrationRequest;
import io.synapse.sdk.gateway.OrchestrationStep;
import io.synapse.sdk.gateway.ProcessRequest;
import io.synapse.sdk.gateway.ProcessResult;
import io.synapse.sdk.gateway.ResearchDepth;
import io.synapse.sdk.gateway.ResearchRequest;
import io.synapse.sdk.gateway.TestRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations that the original does not implement, and Process: requests, answers, repetition, words of errors. */
@Timeout(60)
class GrpcOperationsTest {
    private static final Map<String, String> MAP = Map.of("k", "v");
    private static final RetryPolicy QUICKLY =
            RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)).maxDelay(Duration.ofMillis(1));

    /** Calls a method with the request that was sent to the original when it was recorded. */
    static Object call(GrpcGatewayClient client, GatewayService service, String method) {
        return switch (method) {
            case "Process" ->
                client.process(
                        service,
                        ProcessRequest.of("do_it")
                                .requestId("r-1")
                                .sourceAgent("a")
                                .targetAgent("claude")
                                .payload(new byte[] {0, (byte) 0xff, 'p'})
                                .metadata(MAP)
                                .timestamp(Instant.ofEpochMilli(1_700_000_000_123L)));
            case "Orchestrate" ->
                client.orchestrate(OrchestrationRequest.of(List.of(OrchestrationStep.of("gemini", "analyze")
                                .params("{}".getBytes(StandardCharsets.UTF_8))))
                        .workflowId("w1")
                        .context(MAP));
            case "Research" ->
                client.research(ResearchRequest.of("q").sources(List.of("s")).depth(ResearchDepth.DEEP));
            case "Build" ->
                client.build(BuildRequest.of("/tmp").buildCommand("make").environment(MAP));
            case "Test" -> client.test(TestRequest.of("/tmp").testCommand("t").coverage(true));
            case "Deploy" ->
                client.deploy(DeployRequest.of(DeployTarget.STAGING).config(MAP).dryRun(true));
            default -> throw new IllegalStateException(method);
        };
    }

    private static GatewayService service(String method) {
        return switch (method) {
            case "Research" -> GatewayService.GEMINI;
            case "Build", "Test", "Deploy" -> GatewayService.CODEX;
            default -> GatewayService.CLAUDE;
        };
    }

    /** Notes the requests, and ends each call with this answer or status. */
    private static final class Answering extends RawServer.Handler {
        private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();
        private final byte[] answer;
        private final Status status;

        Answering(byte[] answer, Status status) {
            this.answer = answer;
            this.status = status;
        }

        @Override
        void answer(ServerCall<byte[], byte[]> call, Metadata headers, byte[] request) {
            requests.add(request);
            if (status.isOk()) {
                call.sendHeaders(new Metadata());
                call.sendMessage(answer);
            }
            call.close(status, new Metadata());
        }
    }

    /** An answer in which each field has a value of its own. */
    private static Message filled(Descriptor type) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            if (field.getNumber() < 100) {
                Object value = sample(field);
                message.setField(field, field.isRepeated() ? List.of(value, value) : value);
            }
        }
        return message.build();
    }

    private static Object sample(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> filled(field.getMessageType());
            case BOOLEAN -> true;
            case INT -> field.getNumber();
            case LONG -> 1_700_000_000_000L + field.getNumber();
            case DOUBLE -> field.getNumber() / 8.0;
            case BYTE_STRING -> ByteString.copyFromUtf8("é" + field.getNumber());
            case STRING -> field.getName().endsWith("_at") ? "2026-11-27T21:57:32.770788" : field.getName();
            default -> throw new IllegalStateException(field.getFullName());
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"Process", "Orchestrate", "Research", "Build", "Test", "Deploy"})
    void eachFieldIsSentAndRead(String method) throws Exception {
        GrpcRecording recording = GrpcRecording.all().stream()
                .filter(each -> each.text("method").equals(method))
                .findFirst()
                .orElseThrow();
        Descriptor type = AiAgent.getDescriptor().getServices().stream()
                .filter(each -> each.getFullName().equals(service(method).fullName()))
                .findFirst()
                .orElseThrow()
                .findMethodByName(method)
                .getOutputType();
        Message answer = filled(type);
        Answering handler = new Answering(answer.toByteArray(), Status.OK);
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            RecordedFields.assertSame(answer, call(client, service(method), method));
            assertThat(handler.requests.take()).isEqualTo(recording.request());
        }
    }

    @ParameterizedTest
    @CsvSource({"Process, 1", "Orchestrate, 1", "Research, 4", "Build, 1", "Test, 1", "Deploy, 1"})
    void onlyResearchIsRepeatedAfterItMayHaveRun(String method, int times) throws Exception {
        Answering handler = new Answering(new byte[0], Status.UNAVAILABLE);
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().retryPolicy(QUICKLY).build()) {
            ClientException failure =
                    catchThrowableOfType(ClientException.class, () -> call(client, service(method), method));
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(handler.requests).hasSize(times);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Process, use the operation of the service that does the same",
        "Orchestrate, a workflow of GatewayClient",
        "Research, use analyze",
        "Build, use execute",
        "Test, use execute",
        "Deploy, use execute"
    })
    void anOperationThatIsNotImplementedSaysWhatToUse(String method, String instead) throws Exception {
        Answering handler = new Answering(new byte[0], Status.UNIMPLEMENTED);
        try (RawServer server = new RawServer(handler);
                GrpcGatewayClient client = server.client().build()) {
            ServerException failure =
                    catchThrowableOfType(ServerException.class, () -> call(client, service(method), method));
            assertThat(failure).hasMessageContaining(instead).hasMessageContaining(method);
            assertThat(failure.statusCode()).isEqualTo(501);
            assertThat(failure.mayHaveBeenExecuted()).isFalse();
        }
    }

    @Test
    void bytesThatAreNoTextAreKept() throws Exception {
        byte[] answer = AiAgent.AgentResponse.newBuilder()
                .setRequestId("r-1")
                .setResult(ByteString.copyFrom(new byte[] {0, (byte) 0xff}))
                .build()
                .toByteArray();
        try (RawServer server = new RawServer(new Answering(answer, Status.OK));
                GrpcGatewayClient client = server.client().build()) {
            ProcessResult result = client.process(GatewayService.CODEX, ProcessRequest.of("m"));
            assertThat(result.requestId()).isEqualTo("r-1");
            assertThat(result.result()).isNull();
            assertThat(result.additionalProperties()).containsEntry("result", Map.of("base64", "AP8="));
        }
    }

    @Test
    void theAsynchronousTwinDoesTheSame() throws Exception {
        Answering handler = new Answering(new byte[0], Status.OK);
        try (RawServer server = new RawServer(handler);
                AsyncGrpcGatewayClient client = server.client().build().async()) {
            Stream.of(
                            client.process(GatewayService.CLAUDE, ProcessRequest.of("m")),
                            client.orchestrate(
                                    OrchestrationRequest.of(List.of(OrchestrationStep.of("codex", "execute")))),
                            client.research(ResearchRequest.of("q")),
                            client.build(BuildRequest.of("/tmp")),
                            client.test(TestRequest.of("/tmp")),
                            client.deploy(DeployRequest.of(DeployTarget.LOCAL)))
                    .forEach(each -> assertThat(each.join()).isNotNull());
            assertThat(handler.requests).hasSize(6);
        }
    }
}
