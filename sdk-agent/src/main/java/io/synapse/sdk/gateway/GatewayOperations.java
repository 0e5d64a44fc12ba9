package io.synapse.sdk.gateway;

import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.EventFollower;
import io.synapse.sdk.Performer;

/**
 * Operations on an AI gateway (<a href="https://github.com/akillness/Synapse">akillness/Synapse</a>, called "the
 * original" here, and gateways of this project).
 */
public interface GatewayOperations extends Performer, EventFollower {
    /** The health of the gateway itself. It says nothing of the services behind it. */
    default GatewayHealth healthCheck() {
        return perform(GatewayEndpoints.health());
    }

    /**
     * The health of an agent behind the gateway.
     *
     * @param agent {@code claude}, {@code gemini} or {@code codex}
     * @throws io.synapse.sdk.NotFoundException when there is no such agent
     * @throws io.synapse.sdk.ServerException when the original cannot reach it, without a reason; after 5 s if it hangs
     */
    default AgentHealth getAgentHealth(String agent) {
        return perform(GatewayEndpoints.health(agent));
    }

    /** The counters of the gateway. */
    default GatewayMetrics getMetrics() {
        return perform(GatewayEndpoints.metrics());
    }

    /**
     * Plans a task. Waits up to 2 minutes, retries included; it is retried as a GET is, since it changes nothing.
     *
     * @throws GatewayException when the gateway failed and says why
     * @throws io.synapse.sdk.ServerException when it failed and does not
     */
    default Plan createPlan(PlanRequest request) {
        return perform(GatewayEndpoints.plan(request));
    }

    /** Writes code for a description, as {@link #createPlan} plans a task. */
    default GeneratedCode generateCode(CodeRequest request) {
        return perform(GatewayEndpoints.code(request));
    }

    /** Analyzes a text, as {@link #createPlan} plans a task. */
    default Analysis analyze(AnalysisRequest request) {
        return perform(GatewayEndpoints.analysis(request));
    }

    /** Reviews code, as {@link #createPlan} plans a task. */
    default CodeReview reviewCode(ReviewRequest request) {
        return perform(GatewayEndpoints.review(request));
    }

    /**
     * Executes a command on the gateway's machine. Waits for the command's time limit and 30 s more. A command that may
     * have run is never sent again. One that is refused, fails or takes too long is a result, not an exception.
     *
     * @throws GatewayException when the gateway failed and says why
     * @throws io.synapse.sdk.ServerException when it failed and does not: of the original, also when the working
     *     directory does not exist
     * @throws io.synapse.sdk.RequestTimeoutException when it did not answer in that time; the command may be running
     */
    default ExecutionResult execute(ExecuteRequest request) {
        return perform(GatewayEndpoints.execution(request));
    }

    /**
     * Runs a workflow to its end. Waits up to 10 minutes; {@link #streamWorkflow(WorkflowRequest)} reports each step. A workflow that
     * may have begun is never sent again, since it executes commands.
     *
     * @throws GatewayException when a step failed; the original loses the results of those before
     * @throws io.synapse.sdk.RequestTimeoutException when it did not end in that time; it may be running
     */
    default WorkflowResult runWorkflow(WorkflowRequest request) {
        return perform(GatewayEndpoints.workflow(request));
    }

    /**
     * Runs a workflow and reports each step. Nothing is sent before the stream is read; see there for the errors. Close
     * the stream after use.
     */
    default WorkflowStream streamWorkflow(WorkflowRequest request) {
        return new WorkflowStream(follow(GatewayEndpoints.workflowEvents(request)));
    }

    /**
     * Runs a workflow, or goes on with the events of one that an earlier run of the program began, after the last that it
     * read: see {@link io.synapse.sdk.EventEndpoint#checkpoints}. {@link WorkflowStream#isSuccessful} counts the events of
     * this run. Needs a gateway that numbers its events; the original does not, so that nothing is saved.
     *
     * @param store where how far the events were read is kept
     * @param name the name of this workflow there
     */
    default WorkflowStream streamWorkflow(WorkflowRequest request, CheckpointStore store, String name) {
        return new WorkflowStream(
                follow(GatewayEndpoints.workflowEvents(request).checkpoints(store, name)));
    }
}
