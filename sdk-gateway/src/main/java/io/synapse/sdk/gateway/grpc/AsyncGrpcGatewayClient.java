package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventPublisher;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ServerStatus;
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
import io.synapse.sdk.gateway.grpc.internal.GatewayCalls;
import io.synapse.sdk.gateway.grpc.internal.GrpcEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An asynchronous client of the gRPC services behind an AI gateway: each call returns a future, which fails with the
 * exception that the blocking call throws; cancelling it cancels the call at the server. The twin of
 * {@link GrpcGatewayClient}, created by {@link GrpcGatewayClient#async()}. Safe for use by any number of threads.
 */
public final class AsyncGrpcGatewayClient implements AutoCloseable {
    private final GrpcEngine engine;

    AsyncGrpcGatewayClient(GrpcEngine engine) {
        this.engine = engine;
    }

    /** The blocking twin, over the same connections; closing either closes both. */
    public GrpcGatewayClient sync() {
        return new GrpcGatewayClient(engine);
    }

    /** A view of this client whose calls pass these layers, as {@link GrpcGatewayClient#with}. */
    public AsyncGrpcGatewayClient with(Resilience resilience) {
        return new AsyncGrpcGatewayClient(engine.with(resilience));
    }

    /** The servers of all services, as {@link GrpcGatewayClient#servers}. */
    public List<ServerStatus> servers() {
        return engine.servers();
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#healthCheck}. */
    public CompletableFuture<AgentHealth> healthCheck(GatewayService service) {
        return engine.performAsync(GatewayCalls.health(service));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#createPlan}. */
    public CompletableFuture<Plan> createPlan(PlanRequest request) {
        return engine.performAsync(GatewayCalls.plan(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#generateCode}. */
    public CompletableFuture<GeneratedCode> generateCode(CodeRequest request) {
        return engine.performAsync(GatewayCalls.code(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#analyze}. */
    public CompletableFuture<Analysis> analyze(AnalysisRequest request) {
        return engine.performAsync(GatewayCalls.analysis(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#reviewCode}. */
    public CompletableFuture<CodeReview> reviewCode(ReviewRequest request) {
        return engine.performAsync(GatewayCalls.review(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#execute}. */
    public CompletableFuture<ExecutionResult> execute(ExecuteRequest request) {
        return engine.performAsync(GatewayCalls.execution(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#process}. */
    public CompletableFuture<ProcessResult> process(GatewayService service, ProcessRequest request) {
        return engine.performAsync(GatewayCalls.process(service, request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#orchestrate}. */
    public CompletableFuture<OrchestrationResult> orchestrate(OrchestrationRequest request) {
        return engine.performAsync(GatewayCalls.orchestration(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#research}. */
    public CompletableFuture<Research> research(ResearchRequest request) {
        return engine.performAsync(GatewayCalls.research(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#build}. */
    public CompletableFuture<BuildResult> build(BuildRequest request) {
        return engine.performAsync(GatewayCalls.build(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#test}. */
    public CompletableFuture<TestResult> test(TestRequest request) {
        return engine.performAsync(GatewayCalls.test(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#deploy}. */
    public CompletableFuture<DeployResult> deploy(DeployRequest request) {
        return engine.performAsync(GatewayCalls.deployment(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#checkHealth}. */
    public CompletableFuture<ServingStatus> checkHealth(GatewayService service, String name) {
        return engine.performAsync(GatewayCalls.check(service, name));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#streamPlan(PlanRequest)}. */
    public EventPublisher<StreamMessage> streamPlan(PlanRequest request) {
        return engine.publish(GatewayCalls.planStream(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#streamPlan(PlanRequest, CheckpointStore, String)}. */
    public EventPublisher<StreamMessage> streamPlan(PlanRequest request, CheckpointStore store, String name) {
        return engine.publish(GatewayCalls.planStream(request), store, name);
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#streamAnalyze(AnalysisRequest)}. */
    public EventPublisher<StreamMessage> streamAnalyze(AnalysisRequest request) {
        return engine.publish(GatewayCalls.analysisStream(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#streamAnalyze(AnalysisRequest, CheckpointStore, String)}. */
    public EventPublisher<StreamMessage> streamAnalyze(AnalysisRequest request, CheckpointStore store, String name) {
        return engine.publish(GatewayCalls.analysisStream(request), store, name);
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#streamExecute(ExecuteRequest)}. */
    public EventPublisher<StreamMessage> streamExecute(ExecuteRequest request) {
        return engine.publish(GatewayCalls.executionStream(request));
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#streamExecute(ExecuteRequest, CheckpointStore, String)}. */
    public EventPublisher<StreamMessage> streamExecute(ExecuteRequest request, CheckpointStore store, String name) {
        return engine.publish(GatewayCalls.executionStream(request), store, name);
    }

    /** Asynchronous twin of {@link GrpcGatewayClient#watchHealth}. */
    public EventPublisher<ServingStatus> watchHealth(GatewayService service, String name) {
        return engine.publish(GatewayCalls.watch(service, name));
    }

    /** Closes this client and its twin, as {@link GrpcGatewayClient#close()}. */
    @Override
    public void close() {
        engine.close();
    }
}
