package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.internal.Methods;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller of gRPC can find out of the services (wire/gateway.md, section 7). */
class GrpcDiscoveryTest {
    private static final Pattern METHOD = Pattern.compile("ai_agent\\.(\\w+)/(\\w+)");
    private static final EmbeddedGateway GATEWAY = EmbeddedGateway.start();

    @AfterAll
    static void close() {
        GATEWAY.close();
    }

    private static Descriptors.ServiceDescriptor descriptor(String service) {
        return AiAgent.getDescriptor().findServiceByName(service);
    }

    private static Status status(GatewayService service, Descriptors.MethodDescriptor method) {
        Message request = DynamicMessage.getDefaultInstance(method.getInputType());
        Message answer = DynamicMessage.getDefaultInstance(method.getOutputType());
        try (GrpcChannel channel = new GrpcChannel(GATEWAY, service)) {
            ClientCalls.blockingUnaryCall(
                    channel.channel(),
                    Methods.of(method.getService(), method.getName(), request, answer),
                    CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                    request);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CLAUDE, ClaudeService, Orchestrate",
        "GEMINI, GeminiService, Process",
        "GEMINI, GeminiService, Research",
        "CODEX, CodexService, Process",
        "CODEX, CodexService, Build",
        "CODEX, CodexService, Test",
        "CODEX, CodexService, Deploy"
    })
    void aMethodThatIsNotImplementedNamesWhatToCall(GatewayService service, String name, String method)
            throws Exception {
        Status status = status(service, descriptor(name).findMethodByName(method));

        assertThat(status.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        String[] texts = String.valueOf(status.getDescription()).split("; ");
        assertThat(texts).hasSize(2);
        assertThat(texts[0]).isEqualTo("ai_agent." + name + "." + method + " is not implemented");
        if (method.equals("Orchestrate")) {
            assertThat(texts[1]).startsWith("POST /api/v1/workflow ");
            assertThat(Http.of(GATEWAY)
                            .post("/api/v1/workflow", "{\"task\":\"t\"}")
                            .statusCode())
                    .isEqualTo(200);
            return;
        }
        Matcher instead = METHOD.matcher(texts[1]);
        assertThat(instead.find()).as(texts[1]).isTrue();
        do {
            assertThat(instead.group(1)).isEqualTo(name);
            Descriptors.MethodDescriptor named = descriptor(name).findMethodByName(instead.group(2));
            assertThat(status(service, named).getCode())
                    .as(texts[1])
                    .isIn(Status.Code.OK, Status.Code.PERMISSION_DENIED); // commands are not allowed here
        } while (instead.find());
    }

    private static ServerReflectionResponse reflected(GatewayService service, ServerReflectionRequest request) {
        CompletableFuture<ServerReflectionResponse> response = new CompletableFuture<>();
        try (GrpcChannel channel = new GrpcChannel(GATEWAY, service)) {
            StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel.channel())
                    .serverReflectionInfo(new StreamObserver<>() {
                        @Override
                        public void onNext(ServerReflectionResponse value) {
                            response.complete(value);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            response.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {
                            response.completeExceptionally(new IllegalStateException("no response"));
                        }
                    });
            requests.onNext(request);
            return response.orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void reflectionHasTheServicesWithAllMethods(GatewayService service) throws Exception {
        ServerReflectionResponse names = reflected(
                service,
                ServerReflectionRequest.newBuilder().setListServices("").build());
        ServerReflectionResponse file = reflected(
                service,
                ServerReflectionRequest.newBuilder()
                        .setFileContainingSymbol(service.fullName())
                        .build());

        assertThat(names.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(service.fullName(), "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection");
        FileDescriptorProto described =
                FileDescriptorProto.parseFrom(file.getFileDescriptorResponse().getFileDescriptorProto(0));
        assertThat(described).isEqualTo(AiAgent.getDescriptor().toProto());
    }

    @ParameterizedTest
    @EnumSource
    void healthListsTheServiceAndTheServer(GatewayService service) {
        StandardHealth.HealthListRequest request = StandardHealth.HealthListRequest.getDefaultInstance();
        try (GrpcChannel channel = new GrpcChannel(GATEWAY, service)) {
            StandardHealth.HealthListResponse all = (StandardHealth.HealthListResponse) ClientCalls.blockingUnaryCall(
                    channel.channel(),
                    Methods.of(
                            StandardHealth.getDescriptor().findServiceByName("Health"),
                            "List",
                            request,
                            StandardHealth.HealthListResponse.getDefaultInstance()),
                    CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                    request);

            assertThat(all.getStatusesMap()).containsOnlyKeys("", service.fullName());
            assertThat(all.getStatusesMap().values())
                    .allMatch(each -> each.getStatus() == StandardHealth.HealthCheckResponse.ServingStatus.SERVING);
        }
    }

    @Test
    void reflectionNeedsTheToken() {
        try (GrpcChannel channel = new GrpcChannel(GATEWAY.grpcAddress(GatewayService.CODEX), "wrong")) {
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> ClientCalls.blockingServerStreamingCall(
                                    channel.channel(),
                                    ServerReflectionGrpc.getServerReflectionInfoMethod().toBuilder()
                                            .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
                                            .build(),
                                    CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
                                    ServerReflectionRequest.getDefaultInstance())
                            .hasNext())
                    .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED));
        }
    }
}
