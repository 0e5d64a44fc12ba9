package io.synapse.sdk.gateway.server.internal.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.grpc.stub.ServerCalls;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.AnalysisType;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.internal.Methods;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.StreamPosition;
import io.synapse.sdk.gateway.server.internal.command.CommandOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of the three services (wire/gateway.md, section 4). */
final class ServiceMethods {
    private static final String VERSION = "1.0.0";

    private final Services services;
    private final CallHandlers handlers;

    ServiceMethods(Services services, CallHandlers handlers) {
        this.services = services;
        this.handlers = handlers;
    }

    /** The definition of a service for a server. */
    ServerServiceDefinition of(GatewayService service) {
        String name = service.fullName().substring(service.fullName().indexOf('.') + 1);
        Descriptors.ServiceDescriptor descriptor = AiAgent.getDescriptor().findServiceByName(name);
        Map<String, ServerCallHandler<Message, Message>> implemented = new LinkedHashMap<>();
        implemented.put("HealthCheck", health(service));
        implemented.putAll(
                switch (service) {
                    case CLAUDE -> claude();
                    case GEMINI -> gemini();
                    case CODEX -> codex();
                });
        return definition(descriptor, implemented);
    }

    /** A service with all methods of its descriptor; those without a handler say what to call in their place. */
    static ServerServiceDefinition definition(
            Descriptors.ServiceDescriptor descriptor, Map<String, ServerCallHandler<Message, Message>> implemented) {
        List<MethodDescriptor<Message, Message>> methods = new ArrayList<>();
        descriptor
                .getMethods()
                .forEach(method -> methods.add(Methods.of(
                        descriptor, method.getName(), type(method.getInputType()), type(method.getOutputType()))));
        ServiceDescriptor.Builder service =
                ServiceDescriptor.newBuilder(descriptor.getFullName()).setSchemaDescriptor(new Schema(descriptor));
        methods.forEach(service::addMethod);
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service.build());
        methods.forEach(method -> {
            String name = String.valueOf(method.getBareMethodName());
            ServerCallHandler<Message, Message> handler = implemented.get(name);
            definition.addMethod(method, handler == null ? unimplemented(descriptor.findMethodByName(name)) : handler);
        });
        return definition.build();
    }

    private static Message type(Descriptors.Descriptor type) {
        return MessageTypes.of(type);
    }

    /** For reflection. */
    private record Schema(Descriptors.ServiceDescriptor service) implements ProtoServiceDescriptorSupplier {
        @Override
        public Descriptors.ServiceDescriptor getServiceDescriptor() {
            return service;
        }

        @Override
        public Descriptors.FileDescriptor getFileDescriptor() {
            return service.getFile();
        }
    }

    private static ServerCallHandler<Message, Message> unimplemented(Descriptors.MethodDescriptor method) {
        String service = method.getService().getFullName();
        String instead = switch (method.getName()) {
            case "Orchestrate" -> "POST /api/v1/workflow of the gateway runs workflows";
            case "Process" ->
                service.equals(GatewayService.CODEX.fullName())
                        ? service + "/Execute runs commands"
                        : service + "/Analyze analyzes texts, " + service + "/ReviewCode reviews code";
            case "Research" -> service + "/Analyze analyzes a text that is given";
            case "Build", "Test", "Deploy" -> service + "/Execute runs the command that does it";
            default -> "nothing else does the same";
        };
        return ServerCalls.asyncUnaryCall((request, answers) -> answers.onError(Status.UNIMPLEMENTED
                .withDescription(method.getFullName() + " is not implemented; " + instead)
                .asException()));
    }

    private ServerCallHandler<Message, Message> health(GatewayService service) {
        return ServerCalls.asyncUnaryCall((request, answers) -> {
            AiAgent.HealthCheckResponse.ServingStatus status = services.isServing()
                    ? AiAgent.HealthCheckResponse.ServingStatus.SERVING
                    : AiAgent.HealthCheckResponse.ServingStatus.NOT_SERVING;
            answers.onNext(AiAgent.HealthCheckResponse.newBuilder()
                    .setStatus(status)
                    .setVersion(VERSION)
                    .setUptimeSeconds(services.uptime().toSeconds())
                    .setActiveConnections(services.counts(service).inFlight())
                    .build());
            answers.onCompleted();
        });
    }

    private Map<String, ServerCallHandler<Message, Message>> claude() {
        return Map.of(
                "Process",
                process(),
                "CreatePlan",
                handlers.unary(
                        AiAgent.PlanRequest.class,
                        AiAgent.PlanResponse.getDefaultInstance(),
                        (request, limit) -> services.plan(plan(request), limit)),
                "GenerateCode",
                handlers.unary(
                        AiAgent.GenerateCodeRequest.class,
                        AiAgent.GenerateCodeResponse.getDefaultInstance(),
                        (request, limit) -> services.code(code(request), limit)),
                "StreamPlan",
                handlers.streaming(
                        AiAgent.PlanRequest.class,
                        (request, given) -> services.streamPlan(
                                plan(request),
                                given,
                                position(request.getResumeStreamId(), request.getResumeAfter()))));
    }

    /** As the original: it says that it has got the request. */
    private static ServerCallHandler<Message, Message> process() {
        return ServerCalls.asyncUnaryCall((message, answers) -> {
            AiAgent.AgentRequest request = (AiAgent.AgentRequest) message;
            answers.onNext(AiAgent.AgentResponse.newBuilder()
                    .setRequestId(request.getRequestId())
                    .setSuccess(true)
                    .setResult(ByteString.copyFromUtf8("[Claude gRPC] Processed: " + request.getMethod()))
                    .setTimestamp(System.currentTimeMillis())
                    .build());
            answers.onCompleted();
        });
    }

    private Map<String, ServerCallHandler<Message, Message>> gemini() {
        return Map.of(
                "Analyze",
                handlers.unary(
                        AiAgent.AnalyzeRequest.class,
                        AiAgent.AnalyzeResponse.getDefaultInstance(),
                        (request, limit) -> services.analyze(analysis(request), limit)),
                "ReviewCode",
                handlers.unary(
                        AiAgent.ReviewCodeRequest.class,
                        AiAgent.ReviewCodeResponse.getDefaultInstance(),
                        (request, limit) -> services.review(review(request), limit)),
                "StreamAnalyze",
                handlers.streaming(
                        AiAgent.AnalyzeRequest.class,
                        (request, given) -> services.streamAnalyze(
                                analysis(request),
                                given,
                                position(request.getResumeStreamId(), request.getResumeAfter()))));
    }

    private Map<String, ServerCallHandler<Message, Message>> codex() {
        return Map.of(
                "Execute",
                handlers.unary(
                        AiAgent.ExecuteRequest.class,
                        AiAgent.ExecuteResponse.getDefaultInstance(),
                        (request, limit) -> {
                            CommandOrder order = command(request);
                            return services.execute(order, shorter(limit, Services.limitOf(order)));
                        }),
                "StreamExecute",
                handlers.streaming(
                        AiAgent.ExecuteRequest.class,
                        (request, given) -> services.streamExecute(
                                command(request),
                                given,
                                position(request.getResumeStreamId(), request.getResumeAfter()))));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static PlanRequest plan(AiAgent.PlanRequest request) {
        return PlanRequest.of(request.getTaskDescription())
                .constraints(request.getConstraintsList())
                .restartable(request.getRestartable());
    }

    private static CodeRequest code(AiAgent.GenerateCodeRequest request) {
        CodeRequest code = CodeRequest.of(request.getDescription());
        return request.getLanguage().isEmpty() ? code : code.language(request.getLanguage());
    }

    private static AnalysisRequest analysis(AiAgent.AnalyzeRequest request) {
        AnalysisRequest analysis = AnalysisRequest.of(request.getContent()).restartable(request.getRestartable());
        return request.getAnalysisType().isEmpty()
                ? analysis
                : analysis.analysisType(new AnalysisType(request.getAnalysisType()));
    }

    private static ReviewRequest review(AiAgent.ReviewCodeRequest request) {
        ReviewRequest review = ReviewRequest.of(request.getCode());
        return request.getLanguage().isEmpty() ? review : review.language(request.getLanguage());
    }

    private static CommandOrder command(AiAgent.ExecuteRequest request) {
        return new CommandOrder(
                request.getCommand(),
                request.getArgumentsList(),
                request.getWorkingDir().isEmpty() ? null : request.getWorkingDir(),
                request.getEnvironmentMap(),
                Duration.ofSeconds(request.getTimeoutSeconds()));
    }

    private static @Nullable StreamPosition position(String stream, long after) {
        return stream.isEmpty() ? null : new StreamPosition(stream, after);
    }
}
