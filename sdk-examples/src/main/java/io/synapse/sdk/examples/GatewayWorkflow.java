package io.synapse.sdk.examples;

import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.Models;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.WorkflowEvent;
import io.synapse.sdk.gateway.WorkflowRequest;
import io.synapse.sdk.gateway.WorkflowStream;
import io.synapse.sdk.gateway.WorkflowType;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import io.synapse.sdk.resilience.StandardResilience;
import java.util.Map;

/** A gateway on this machine runs a workflow, whose steps are shown as they come; then the gateway is gone. */
public final class GatewayWorkflow {
    private GatewayWorkflow() {}

    /** Runs it; the agents answer by rules, so it needs no key. */
    public static void main(String[] arguments) {
        EmbeddedGateway gateway = EmbeddedGateway.start();
        try (GatewayClient client = GatewayClient.builder()
                .baseUrl(gateway.baseUrl())
                .gatewayToken(gateway.token())
                .build()) {
            GatewayClient steady = client.with(StandardResilience.create()
                    .fallback(Plan.class, failure -> Models.of(Plan.class, Map.of("task", "try again later"))));
            WorkflowRequest request = WorkflowRequest.of("a todo app").workflowType(WorkflowType.SWARM);
            try (WorkflowStream events = steady.streamWorkflow(request, CheckpointStore.inMemory(), "todo")) {
                for (WorkflowEvent event : events) {
                    if (event instanceof WorkflowEvent.StepCompleted done) {
                        System.out.println(done.step() + " by " + done.agent() + ": "
                                + done.result().keySet());
                    }
                }
                System.out.println("successful: " + events.isSuccessful());
            }
            Plan plan = steady.createPlan(PlanRequest.of("a todo app"));
            System.out.println("the gateway's plan has " + plan.steps().size() + " steps");

            gateway.close(); // the same question is answered from the cache, another one by the rule
            for (String task : new String[] {"a todo app", "a chat"}) {
                Plan instead = steady.createPlan(PlanRequest.of(task));
                String source =
                        FallbackMark.of(instead).map(FallbackMark::source).orElse("gateway");
                System.out.println(
                        source + ": " + instead.task() + ", " + instead.steps().size() + " steps");
            }
            System.out.println(
                    "circuit: " + steady.servers().get(0).circuitBreaker().orElseThrow());
        } finally {
            gateway.close();
        }
    }
}
