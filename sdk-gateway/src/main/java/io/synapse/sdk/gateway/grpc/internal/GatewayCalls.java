package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.synapse.sdk.gateway.AgentHealth;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.ServingStatus;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import io.synapse.sdk.gateway.grpc.StreamMessageType;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** The calls of the blocking and the asynchronous client (wire/gateway.md, section 4). */
public final class GatewayCalls {
    /** As over HTTP: more than the 90 s that the original allows its slowest call. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** What a command has beyond its own time limit. */
    private static final Duration EXECUTE_MARGIN = Duration.ofSeconds(30);

    private static final Duration LONGEST_HEALTH_CHECK = Duration.ofSeconds(5);

    private GatewayCalls() {}

    /** HealthCheck. */
    public static GrpcCall<AgentHealth> health(GatewayService service) {
        return new GrpcCall<>(
                service,
                method(
                        service,
                        "HealthCheck",
                        AiAgent.HealthCheckRequest.getDefaultInstance(),
                        AiAgent.HealthCheckResponse.getDefaultInstance()),
                AiAgent.HealthCheckRequest.newBuilder()
                        .setService(service.fullName())
                        .build(),
                answer -> MessageFields.read(answer, AgentHealth.class),
                true,
                false,
                LONGEST_HEALTH_CHECK);
    }

    /** CreatePlan. */
    public static GrpcCall<Plan> plan(PlanRequest request) {
        return answer(
                GatewayService.CLAUDE,
                "CreatePlan",
                message(request),
                AiAgent.PlanResponse.getDefaultInstance(),
                Plan.class);
    }

    /** GenerateCode. */
    public static GrpcCall<GeneratedCode> code(CodeRequest request) {
        AiAgent.GenerateCodeRequest.Builder message =
                AiAgent.GenerateCodeRequest.newBuilder().setDescription(request.description());
        Optional.ofNullable(request.language()).ifPresent(message::setLanguage);
        return answer(
                GatewayService.CLAUDE,
                "GenerateCode",
                message.build(),
                AiAgent.GenerateCodeResponse.getDefaultInstance(),
                GeneratedCode.class);
    }

    /** Analyze. */
    public static GrpcCall<Analysis> analysis(AnalysisRequest request) {
        return answer(
                GatewayService.GEMINI,
                "Analyze",
                message(request),
                AiAgent.AnalyzeResponse.getDefaultInstance(),
                Analysis.class);
    }

    /** ReviewCode. */
    public static GrpcCall<CodeReview> review(ReviewRequest request) {
        AiAgent.ReviewCodeRequest.Builder message =
                AiAgent.ReviewCodeRequest.newBuilder().setCode(request.code());
        Optional.ofNullable(request.language()).ifPresent(message::setLanguage);
        return answer(
                GatewayService.GEMINI,
                "ReviewCode",
                message.build(),
                AiAgent.ReviewCodeResponse.getDefaultInstance(),
                CodeReview.class);
    }

    /** Execute, which is never sent again after it may have run. */
    public static GrpcCall<ExecutionResult> execution(ExecuteRequest request) {
        AiAgent.ExecuteRequest message = message(request);
        return new GrpcCall<>(
                GatewayService.CODEX,
                method(GatewayService.CODEX, "Execute", message, AiAgent.ExecuteResponse.getDefaultInstance()),
                message,
                answer -> MessageFields.read(answer, ExecutionResult.class),
                false,
                false,
                request.timeout().plus(EXECUTE_MARGIN));
    }

    /** StreamPlan, whose messages are the same each time. */
    public static GrpcCall<StreamMessage> planStream(PlanRequest request) {
        return stream(GatewayService.CLAUDE, "StreamPlan", message(request), true, true, LONGEST_CALL);
    }

    /** StreamAnalyze. */
    public static GrpcCall<StreamMessage> analysisStream(AnalysisRequest request) {
        return stream(GatewayService.GEMINI, "StreamAnalyze", message(request), true, false, LONGEST_CALL);
    }

    /** StreamExecute, which is never sent again after it may have run. */
    public static GrpcCall<StreamMessage> executionStream(ExecuteRequest request) {
        Duration silence = request.timeout().plus(EXECUTE_MARGIN);
        return stream(GatewayService.CODEX, "StreamExecute", message(request), false, false, silence);
    }

    /** Check of the standard health protocol. */
    public static GrpcCall<ServingStatus> check(GatewayService service, String name) {
        return standardHealth(service, "Check", name, LONGEST_HEALTH_CHECK);
    }

    /** Watch of the standard health protocol, which is silent as long as nothing changes. */
    public static GrpcCall<ServingStatus> watch(GatewayService service, String name) {
        return standardHealth(service, "Watch", name, Duration.ZERO);
    }

    private static GrpcCall<ServingStatus> standardHealth(
            GatewayService service, String method, String name, Duration timeout) {
        StandardHealth.HealthCheckRequest request =
                StandardHealth.HealthCheckRequest.newBuilder().setService(name).build();
        return new GrpcCall<>(
                service,
                Methods.of(
                        StandardHealth.getDescriptor().findServiceByName("Health"),
                        method,
                        request,
                        StandardHealth.HealthCheckResponse.getDefaultInstance()),
                request,
                answer -> status((StandardHealth.HealthCheckResponse) answer),
                true,
                false,
                timeout);
    }

    private static ServingStatus status(StandardHealth.HealthCheckResponse answer) {
        return new ServingStatus(
                answer.getStatus() == StandardHealth.HealthCheckResponse.ServingStatus.UNRECOGNIZED
                        ? String.valueOf(answer.getStatusValue())
                        : answer.getStatus().name());
    }

    private static AiAgent.PlanRequest message(PlanRequest request) {
        return AiAgent.PlanRequest.newBuilder()
                .setTaskDescription(request.task())
                .addAllConstraints(request.constraints())
                .build();
    }

    private static AiAgent.AnalyzeRequest message(AnalysisRequest request) {
        AiAgent.AnalyzeRequest.Builder message =
                AiAgent.AnalyzeRequest.newBuilder().setContent(request.content());
        Optional.ofNullable(request.analysisType()).ifPresent(type -> message.setAnalysisType(type.value()));
        return message.build();
    }

    private static AiAgent.ExecuteRequest message(ExecuteRequest request) {
        AiAgent.ExecuteRequest.Builder message = AiAgent.ExecuteRequest.newBuilder()
                .setCommand(request.command())
                .setTimeoutSeconds((int) request.timeout().toSeconds());
        Optional.ofNullable(request.workingDir()).ifPresent(message::setWorkingDir);
        return message.build();
    }

    private static MethodDescriptor<Message, Message> method(
            GatewayService service, String name, Message request, Message answer) {
        String simpleName = service.fullName().substring(service.fullName().indexOf('.') + 1);
        ServiceDescriptor descriptor = AiAgent.getDescriptor().findServiceByName(simpleName);
        return Methods.of(descriptor, name, request, answer);
    }

    /** An answer that is computed of the request alone, and changes nothing. */
    private static <T> GrpcCall<T> answer(
            GatewayService service, String name, Message request, Message answer, Class<T> model) {
        Function<Message, T> reader = message -> MessageFields.read(message, model);
        return new GrpcCall<>(
                service, method(service, name, request, answer), request, reader, true, false, LONGEST_CALL);
    }

    private static GrpcCall<StreamMessage> stream(
            GatewayService service,
            String name,
            Message request,
            boolean repeatable,
            boolean restartable,
            Duration silence) {
        return new GrpcCall<>(
                service,
                method(service, name, request, AiAgent.StreamMessage.getDefaultInstance()),
                request,
                message -> streamMessage((AiAgent.StreamMessage) message),
                repeatable,
                restartable,
                silence);
    }

    private static StreamMessage streamMessage(AiAgent.StreamMessage message) {
        return new StreamMessage(
                message.getStreamId(),
                new StreamMessageType(message.getType()),
                message.getContent(),
                message.getProgressPercent(),
                Instant.ofEpochMilli(message.getTimestamp()),
                message.getSequence() == 0 ? null : message.getSequence(),
                message.hasExitCode() ? message.getExitCode() : null,
                message.getFinal());
    }
}
