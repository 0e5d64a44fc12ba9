package io.synapse.sdk.benchmarks.server;

import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import io.synapse.sdk.gateway.server.RuleAgent;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The plan that the gateway's rules make, with all its fields, as it is on the wire. */
final class Plans {
    private static final String CREATED_AT = "2026-11-29T12:00:00.123456";

    private Plans() {}

    /** As a message of gRPC. */
    static AiAgent.PlanResponse message() {
        Plan plan = new RuleAgent().plan(PlanRequest.of("a todo app"), piece -> {});
        AiAgent.PlanResponse.Builder message = AiAgent.PlanResponse.newBuilder()
                .setTask("a todo app")
                .setTotalSteps(plan.steps().size())
                .addAllEstimatedAgents(plan.estimatedAgents())
                .setCreatedAt(CREATED_AT)
                .setSource("rules");
        plan.steps()
                .forEach(step -> message.addSteps(AiAgent.PlanResponse.PlanStep.newBuilder()
                        .setOrder(message.getStepsCount() + 1)
                        .setPhase(step.phase())
                        .setAction(step.action())
                        .setAgent(step.agent())
                        .setDescription(step.description())));
        return message.build();
    }

    /** As a document of HTTP. */
    static byte[] document() {
        AiAgent.PlanResponse plan = message();
        String steps = plan.getStepsList().stream()
                .map(step -> """
                        {"order":%d,"phase":"%s","action":"%s","agent":"%s","description":"%s"}""".formatted(
                        step.getOrder(), step.getPhase(), step.getAction(), step.getAgent(), step.getDescription()))
                .collect(Collectors.joining(","));
        String agents = plan.getEstimatedAgentsList().stream()
                .map(agent -> "\"" + agent + "\"")
                .collect(Collectors.joining(","));
        return """
                {"task":"%s","steps":[%s],"total_steps":%d,"estimated_agents":[%s],"created_at":"%s","source":"%s"}""".formatted(plan.getTask(), steps, plan.getTotalSteps(), agents, plan.getCreatedAt(), plan.getSource())
                .getBytes(StandardCharsets.UTF_8);
    }
}
