package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.List;
import java.util.Map;

/** Steps of several agents, done in this order. Immutable: each setter returns a modified copy. */
public final class OrchestrationRequest extends GatewayRequest {
    private static final Key<List<OrchestrationStep>> WORKFLOW = new Key<>("workflow", List.of());
    private static final Key<String> WORKFLOW_ID = new Key<>("workflow_id", "");
    private static final Key<Map<String, String>> CONTEXT = new Key<>("context", Map.of());

    private OrchestrationRequest(Attributes attributes) {
        super(attributes);
        if (steps().isEmpty()) {
            throw BadRequestException.refused("an orchestration needs at least one step");
        }
    }

    /**
     * A request for these steps.
     *
     * @param steps at least one; their numbers are their places, 1 for the first
     * @throws BadRequestException when there is none
     */
    public static OrchestrationRequest of(List<OrchestrationStep> steps) {
        return new OrchestrationRequest(Attributes.NONE.with(WORKFLOW, List.copyOf(steps)));
    }

    /** The steps. */
    public List<OrchestrationStep> steps() {
        return attributes.get(WORKFLOW);
    }

    /** The id of the workflow; empty by default. */
    public String workflowId() {
        return attributes.get(WORKFLOW_ID);
    }

    /** Sets the id of the workflow, which the answer repeats. */
    public OrchestrationRequest workflowId(String workflowId) {
        return new OrchestrationRequest(attributes.with(WORKFLOW_ID, workflowId));
    }

    /** What all steps know; empty by default. */
    public Map<String, String> context() {
        return attributes.get(CONTEXT);
    }

    /** Sets what all steps know. */
    public OrchestrationRequest context(Map<String, String> context) {
        return new OrchestrationRequest(attributes.with(CONTEXT, Map.copyOf(context)));
    }
}
