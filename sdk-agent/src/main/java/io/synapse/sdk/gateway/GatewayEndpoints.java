package io.synapse.sdk.gateway;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.EventEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous gateway operations (wire/gateway.md, sections 2 and 3). */
final class GatewayEndpoints {
    /** More than the 90 s of the slowest call of a service and the wait of 30 s for a connection to it. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    /** The wait for a connection to the service. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration LONGEST_WORKFLOW = Duration.ofMinutes(10);

    private GatewayEndpoints() {}

    static Operation<GatewayHealth> health() {
        return Endpoint.get("health", GatewayHealth.class);
    }

    static Operation<AgentHealth> health(String agent) {
        return Operation.deferred(() -> Endpoint.get("api/v1/{}/health", AgentHealth.class, agent));
    }

    static Operation<GatewayMetrics> metrics() {
        return Endpoint.get("metrics/json", GatewayMetrics.class);
    }

    static Operation<Plan> plan(PlanRequest request) {
        return answer("api/v1/claude/plan", Plan.class, request.properties());
    }

    static Operation<GeneratedCode> code(CodeRequest request) {
        return answer("api/v1/claude/code", GeneratedCode.class, request.properties());
    }

    static Operation<Analysis> analysis(AnalysisRequest request) {
        return answer("api/v1/gemini/analyze", Analysis.class, request.properties());
    }

    static Operation<CodeReview> review(ReviewRequest request) {
        return answer("api/v1/gemini/review", CodeReview.class, request.properties());
    }

    static Operation<ExecutionResult> execution(ExecuteRequest request) {
        Duration longest = request.timeout().plus(LONGEST_WAIT);
        return Endpoint.post("api/v1/codex/execute", ExecutionResult.class)
                .json(request.properties())
                .readTimeout(longest)
                .callTimeout(longest);
    }

    static Operation<WorkflowResult> workflow(WorkflowRequest request) {
        return Endpoint.post("api/v1/workflow", WorkflowResult.class)
                .json(request.properties())
                .readTimeout(LONGEST_WORKFLOW)
                .callTimeout(LONGEST_WORKFLOW);
    }

    static EventEndpoint<WorkflowEvent> workflowEvents(WorkflowRequest request) {
        Endpoint<String> endpoint = Endpoint.post("api/v1/workflow/stream", ResponseType.text())
                .json(request.properties())
                .readTimeout(LONGEST_CALL);
        return EventEndpoint.of(endpoint, WorkflowEvents::read, WorkflowEvent::isLast)
                .resumable();
    }

    /** An answer that is computed of the request alone, and changes nothing. */
    private static <T> Operation<T> answer(String path, Class<T> type, Map<String, @Nullable Object> body) {
        return Endpoint.post(path, type)
                .json(body)
                .idempotent()
                .readTimeout(LONGEST_CALL)
                .callTimeout(LONGEST_CALL);
    }
}
