package io.synapse.sdk.benchmarks.contender.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.synapse.sdk.gateway.grpc.internal.proto.AiAgent;
import java.time.LocalDateTime;
import java.util.List;

/**
 * A plan as one would write it down without the SDK, with all that a server says of it.
 *
 * @param task the task
 * @param steps its steps
 * @param totalSteps how many there are
 * @param estimatedAgents the agents that it needs
 * @param createdAt when it was made
 * @param source who made it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record PlanByHand(
        String task,
        List<StepByHand> steps,
        int totalSteps,
        List<String> estimatedAgents,
        String createdAt,
        String source) {
    /**
     * One step of a plan.
     *
     * @param order its number
     * @param phase its phase
     * @param action what is to be done
     * @param agent who does it
     * @param description the same in more words
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record StepByHand(int order, String phase, String action, String agent, String description) {}

    /** The fields of a message. */
    static PlanByHand of(AiAgent.PlanResponse message) {
        return new PlanByHand(
                message.getTask(),
                message.getStepsList().stream()
                        .map(step -> new StepByHand(
                                step.getOrder(),
                                step.getPhase(),
                                step.getAction(),
                                step.getAgent(),
                                step.getDescription()))
                        .toList(),
                message.getTotalSteps(),
                List.copyOf(message.getEstimatedAgentsList()),
                message.getCreatedAt(),
                message.getSource());
    }

    /** How many steps it has, once its time is read too. */
    int checked() {
        if (LocalDateTime.parse(createdAt).isAfter(LocalDateTime.MAX)) {
            throw new IllegalStateException("no plan was made at such a time");
        }
        return steps.size();
    }
}
