package io.synapse.sdk.gateway;

import io.synapse.sdk.AsyncEventFollower;
import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventPublisher;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link GatewayOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncGatewayOperations extends AsyncPerformer, AsyncEventFollower {
    /** Asynchronous twin of {@link GatewayOperations#healthCheck}. */
    default CompletableFuture<GatewayHealth> healthCheck() {
        return perform(GatewayEndpoints.health());
    }

    /** Asynchronous twin of {@link GatewayOperations#getAgentHealth}. */
    default CompletableFuture<AgentHealth> getAgentHealth(String agent) {
        return perform(GatewayEndpoints.health(agent));
    }

    /** Asynchronous twin of {@link GatewayOperations#getMetrics}. */
    default CompletableFuture<GatewayMetrics> getMetrics() {
        return perform(GatewayEndpoints.metrics());
    }

    /** Asynchronous twin of {@link GatewayOperations#createPlan}. */
    default CompletableFuture<Plan> createPlan(PlanRequest request) {
        return perform(GatewayEndpoints.plan(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#generateCode}. */
    default CompletableFuture<GeneratedCode> generateCode(CodeRequest request) {
        return perform(GatewayEndpoints.code(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#analyze}. */
    default CompletableFuture<Analysis> analyze(AnalysisRequest request) {
        return perform(GatewayEndpoints.analysis(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#reviewCode}. */
    default CompletableFuture<CodeReview> reviewCode(ReviewRequest request) {
        return perform(GatewayEndpoints.review(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#execute}. */
    default CompletableFuture<ExecutionResult> execute(ExecuteRequest request) {
        return perform(GatewayEndpoints.execution(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#runWorkflow}. */
    default CompletableFuture<WorkflowResult> runWorkflow(WorkflowRequest request) {
        return perform(GatewayEndpoints.workflow(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#streamWorkflow(WorkflowRequest)}. */
    default EventPublisher<WorkflowEvent> streamWorkflow(WorkflowRequest request) {
        return follow(GatewayEndpoints.workflowEvents(request));
    }

    /** Asynchronous twin of {@link GatewayOperations#streamWorkflow(WorkflowRequest, CheckpointStore, String)}. */
    default EventPublisher<WorkflowEvent> streamWorkflow(WorkflowRequest request, CheckpointStore store, String name) {
        return follow(GatewayEndpoints.workflowEvents(request).checkpoints(store, name));
    }
}
