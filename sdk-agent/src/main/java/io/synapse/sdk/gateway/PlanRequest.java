package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.List;
import java.util.Objects;

/** A task to be planned. Immutable: each setter returns a modified copy. */
public final class PlanRequest extends GatewayRequest {
    private static final Key<String> TASK = new Key<>("task", "");
    private static final Key<List<String>> CONSTRAINTS = new Key<>("constraints", List.of());

    private PlanRequest(Attributes attributes) {
        super(attributes);
    }

    /** A request for a plan of a task, which may be empty. */
    public static PlanRequest of(String task) {
        return new PlanRequest(Attributes.NONE.withField(TASK.name(), Objects.requireNonNull(task, "task")));
    }

    /** The task. */
    public String task() {
        return attributes.get(TASK);
    }

    /** What the plan must observe; empty by default. */
    public List<String> constraints() {
        return attributes.get(CONSTRAINTS);
    }

    /** Sets what the plan must observe. The original ignores it. */
    public PlanRequest constraints(List<String> constraints) {
        return new PlanRequest(attributes.withField(CONSTRAINTS.name(), List.copyOf(constraints)));
    }
}
