package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.AnalysisType;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import io.synapse.sdk.gateway.server.internal.GatewayFailure.Kind;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.command.CommandOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code /api/v1/claude}, {@code gemini} and {@code codex}: one call of a service each (wire/gateway.md, section 2). */
final class ServiceRoutes {
    private static final String PYTHON = "python";
    private static final int DEFAULT_SECONDS = 30;

    private final Services services;
    private final Answering answering;

    ServiceRoutes(Services services, Answering answering) {
        this.services = services;
        this.answering = answering;
    }

    void register(RoutesConfig routes) {
        routes.post("/api/v1/claude/plan", this::plan);
        routes.post("/api/v1/claude/code", this::code);
        routes.post("/api/v1/gemini/analyze", this::analyze);
        routes.post("/api/v1/gemini/review", this::review);
        routes.post("/api/v1/codex/execute", this::execute);
    }

    private void plan(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        String task = fields.text("task");
        List<String> constraints = fields.texts("constraints");
        fields.requireValid();
        services.requireServing();
        answering.work(request, services.plan(PlanRequest.of(task).constraints(constraints), services.callTimeout()));
    }

    private void code(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        String description = fields.text("description");
        String language = fields.text("language", PYTHON);
        fields.requireValid();
        services.requireServing();
        answering.work(request, services.code(CodeRequest.of(description).language(language), services.callTimeout()));
    }

    private void analyze(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        String content = fields.text("content");
        AnalysisType type = new AnalysisType(fields.text("analysis_type", AnalysisType.GENERAL.value()));
        fields.requireValid();
        services.requireServing();
        answering.work(
                request, services.analyze(AnalysisRequest.of(content).analysisType(type), services.callTimeout()));
    }

    private void review(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        String code = fields.text("code");
        String language = fields.text("language", PYTHON);
        fields.requireValid();
        services.requireServing();
        answering.work(request, services.review(ReviewRequest.of(code).language(language), services.callTimeout()));
    }

    private void execute(Context request) throws RequestFields.InvalidException {
        RequestFields fields = RequestFields.of(request);
        String command = fields.text("command");
        String workingDir = fields.optionalText("working_dir");
        BigDecimal seconds = fields.wholeNumber("timeout", DEFAULT_SECONDS);
        List<String> arguments = fields.texts("arguments");
        fields.requireValid();
        if (seconds.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
                || seconds.compareTo(BigDecimal.valueOf(Integer.MIN_VALUE)) < 0) {
            throw new GatewayFailure(Kind.INVALID, "the time limit has more than 32 bits");
        }
        services.requireServing();
        CommandOrder order =
                new CommandOrder(command, arguments, workingDir, Map.of(), Duration.ofSeconds(seconds.intValueExact()));
        answering.work(request, services.execute(order, Services.limitOf(order)));
    }
}
