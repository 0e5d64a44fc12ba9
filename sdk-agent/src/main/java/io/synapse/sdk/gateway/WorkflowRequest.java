package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A task for several agents. Immutable: each setter returns a modified copy. */
public final class WorkflowRequest extends GatewayRequest {
    private static final Key<String> TASK = new Key<>("task", "");
    private static final Key<List<String>> CONSTRAINTS = new Key<>("constraints", List.of());
    private static final Key<@Nullable WorkflowType> WORKFLOW_TYPE = Key.of("workflow_type");
    private static final Key<@Nullable String> WORKFLOW_ID = Key.of("workflow_id");
    private static final Key<Map<String, String>> MODELS = new Key<>("model_config", Map.of());

    private WorkflowRequest(Attributes attributes) {
        super(attributes);
    }

    /** A workflow for a task, which may be empty. */
    public static WorkflowRequest of(String task) {
        return new WorkflowRequest(Attributes.NONE.withField(TASK.name(), Objects.requireNonNull(task, "task")));
    }

    /** The task. */
    public String task() {
        return attributes.get(TASK);
    }

    /** What the workflow must observe; empty by default. */
    public List<String> constraints() {
        return attributes.get(CONSTRAINTS);
    }

    /** Sets what the workflow must observe. The original ignores it. */
    public WorkflowRequest constraints(List<String> constraints) {
        return new WorkflowRequest(attributes.withField(CONSTRAINTS.name(), List.copyOf(constraints)));
    }

    /** The type; null for the server's default, {@link WorkflowType#PIPELINE}. */
    public @Nullable WorkflowType workflowType() {
        return attributes.get(WORKFLOW_TYPE);
    }

    /** Sets the type. The original streams a pipeline whatever the type. */
    public WorkflowRequest workflowType(WorkflowType type) {
        return new WorkflowRequest(attributes.with(WORKFLOW_TYPE, type));
    }

    /** The workflow to be continued; null for a new one. */
    public @Nullable String workflowId() {
        return attributes.get(WORKFLOW_ID);
    }

    /**
     * Continues a workflow that failed, with the same task, constraints and type: its steps that are done are not done
     * again. For gateways of this project, which keep it for 10 minutes; the original begins a new one.
     *
     * @param id as in {@link GatewayException#workflowId()}
     */
    public WorkflowRequest continuing(String id) {
        return new WorkflowRequest(attributes.with(WORKFLOW_ID, id));
    }

    /** The models by the value of their {@link WorkflowRole}; empty for the server's own. */
    public Map<String, String> models() {
        return attributes.get(MODELS);
    }

    /** Sets the model of a role. The original ignores it. */
    public WorkflowRequest model(WorkflowRole role, String model) {
        return new WorkflowRequest(attributes.with(MODELS, Copies.with(models(), role.value(), model)));
    }
}
