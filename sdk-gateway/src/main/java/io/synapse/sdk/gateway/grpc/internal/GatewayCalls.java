package io.synapse.sdk.gateway.grpc.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.synapse.sdk.gateway.AgentHealth;
import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.BuildRequest;
import io.synapse.sdk.gateway.BuildResult;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.DeployRequest;
import io.synapse.sdk.gateway.DeployResult;
import io.synapse.sdk.gateway.ExecuteRequest;
import io.synapse.sdk.gateway.ExecutionResult;
import io.synapse.sdk.gateway.GeneratedCode;
import io.synapse.sdk.gateway.OrchestrationRequest;
import io.synapse.sdk.gateway.OrchestrationResult;
import io.synapse.sdk.gateway.OrchestrationStep;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ProcessRequest;
import io.synapse.sdk.gateway.ProcessResult;
import io.synapse.sdk.gateway.Research;
import io.synapse.sdk.gateway.ResearchRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.ServingStatus;
import io.synapse.sdk.gateway.TestRequest;
import io.synapse.sdk.gateway.TestResult;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.StreamMessage;
import io.synapse.sdk.gateway.grpc.StreamMessageType;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.grpc.internal.proto.StandardHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The calls of the blocking and the asynchronous client (wire/gateway.md, section 4). */
public final class GatewayCalls {
    /** As over HTTP: more than the 90 s that the original allows its slowest call. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** They have no time limit of their own in the protocol. */
    private static final Duration LONGEST_BUILD = Duration.ofMinutes(10);

    /** What a command has beyond its own time limit. */
    private static final Duration EXECUTE_MARGIN = Duration.ofSeconds(30);

    private static final Duration LONGEST_HEALTH_CHECK = Duration.ofSeconds(5);

    /** Those of the three services by name. They keep what the transport makes of their names. */
    private static final Map<String, MethodDescriptor<Message, Message>> METHODS = new ConcurrentHashMap<>();

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
                AgentHealth.class,
                MessageReader.of(AgentHealth.class, AiAgent.HealthCheckResponse.getDefaultInstance())::read,
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
        return once(
                GatewayService.CODEX,
                "Execute",
                message(request),
                AiAgent.ExecuteResponse.getDefaultInstance(),
                ExecutionResult.class,
                request.timeout().plus(EXECUTE_MARGIN));
    }

    /** Process, of which nobody knows whether it may be repeated. */
    public static GrpcCall<ProcessResult> process(GatewayService service, ProcessRequest request) {
        AiAgent.AgentRequest.Builder message = AiAgent.AgentRequest.newBuilder()
                .setRequestId(request.requestId())
                .setSourceAgent(request.sourceAgent())
                .setTargetAgent(request.targetAgent())
                .setMethod(request.method())
                .setPayload(ByteString.copyFrom(request.payload()))
                .putAllMetadata(request.metadata());
        Optional.ofNullable(request.timestamp()).map(Instant::toEpochMilli).ifPresent(message::setTimestamp);
        return once(
                service,
                "Process",
                message.build(),
                AiAgent.AgentResponse.getDefaultInstance(),
                ProcessResult.class,
                LONGEST_CALL);
    }

    /** Orchestrate. */
    public static GrpcCall<OrchestrationResult> orchestration(OrchestrationRequest request) {
        AiAgent.OrchestrateRequest.Builder message = AiAgent.OrchestrateRequest.newBuilder()
                .setWorkflowId(request.workflowId())
                .putAllContext(request.context());
        for (OrchestrationStep step : request.steps()) {
            message.addWorkflowBuilder()
                    .setOrder(message.getWorkflowCount())
                    .setAgent(step.agent())
                    .setAction(step.action())
                    .setParams(ByteString.copyFrom(step.params()));
        }
        return once(
                GatewayService.CLAUDE,
                "Orchestrate",
                message.build(),
                AiAgent.OrchestrateResponse.getDefaultInstance(),
                OrchestrationResult.class,
                LONGEST_BUILD);
    }

    /** Research. */
    public static GrpcCall<Research> research(ResearchRequest request) {
        AiAgent.ResearchRequest.Builder message =
                AiAgent.ResearchRequest.newBuilder().setQuery(request.query()).addAllSources(request.sources());
        Optional.ofNullable(request.depth()).ifPresent(depth -> message.setDepth(depth.value()));
        return answer(
                GatewayService.GEMINI,
                "Research",
                message.build(),
                AiAgent.ResearchResponse.getDefaultInstance(),
                Research.class);
    }

    /** Build. */
    public static GrpcCall<BuildResult> build(BuildRequest request) {
        AiAgent.BuildRequest.Builder message = AiAgent.BuildRequest.newBuilder()
                .setProjectDir(request.projectDir())
                .putAllEnvironment(request.environment());
        Optional.ofNullable(request.buildCommand()).ifPresent(message::setBuildCommand);
        return once(
                GatewayService.CODEX,
                "Build",
                message.build(),
                AiAgent.BuildResponse.getDefaultInstance(),
                BuildResult.class,
                LONGEST_BUILD);
    }

    /** Test. */
    public static GrpcCall<TestResult> test(TestRequest request) {
        AiAgent.TestRequest.Builder message = AiAgent.TestRequest.newBuilder()
                .setProjectDir(request.projectDir())
                .setCoverage(request.coverage());
        Optional.ofNullable(request.testCommand()).ifPresent(message::setTestCommand);
        return once(
                GatewayService.CODEX,
                "Test",
                message.build(),
                AiAgent.TestResponse.getDefaultInstance(),
                TestResult.class,
                LONGEST_BUILD);
    }

    /** Deploy. */
    public static GrpcCall<DeployResult> deployment(DeployRequest request) {
        AiAgent.DeployRequest message = AiAgent.DeployRequest.newBuilder()
                .setTarget(request.target().value())
                .putAllConfig(request.config())
                .setDryRun(request.dryRun())
                .build();
        return once(
                GatewayService.CODEX,
                "Deploy",
                message,
                AiAgent.DeployResponse.getDefaultInstance(),
                DeployResult.class,
                LONGEST_BUILD);
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
                ServingStatus.class,
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
                .setRestartable(request.restartable())
                .build();
    }

    private static AiAgent.AnalyzeRequest message(AnalysisRequest request) {
        AiAgent.AnalyzeRequest.Builder message = AiAgent.AnalyzeRequest.newBuilder()
                .setContent(request.content())
                .setRestartable(request.restartable());
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
        return METHODS.computeIfAbsent(service.fullName() + "/" + name, any -> {
            String simpleName = service.fullName().substring(service.fullName().indexOf('.') + 1);
            ServiceDescriptor descriptor = AiAgent.getDescriptor().findServiceByName(simpleName);
            return Methods.of(descriptor, name, request, answer);
        });
    }

    /** An answer that is computed of the request alone, and changes nothing. */
    private static <T> GrpcCall<T> answer(
            GatewayService service, String name, Message request, Message answer, Class<T> model) {
        Function<Message, T> reader = MessageReader.of(model, answer)::read;
        return new GrpcCall<>(
                service, method(service, name, request, answer), request, model, reader, true, false, LONGEST_CALL);
    }

    /** An answer of a call that may change something, and is never sent again after it may have run. */
    private static <T> GrpcCall<T> once(
            GatewayService service, String name, Message request, Message answer, Class<T> model, Duration timeout) {
        Function<Message, T> reader = MessageReader.of(model, answer)::read;
        return new GrpcCall<>(
                service, method(service, name, request, answer), request, model, reader, false, false, timeout);
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
                StreamMessage.class,
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
