package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.util.List;
import java.util.Objects;

/** A task to be planned. Immutable: each setter returns a modified copy. */
public final class PlanRequest extends GatewayRequest {
    private static final Key<String> TASK = new Key<>("task", "");
    private static final Key<List<String>> CONSTRAINTS = new Key<>("constraints", List.of());
    private static final Key<Boolean> RESTARTABLE = new Key<>("restartable", false);

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

    /** Whether its stream may begin anew; false by default. */
    public boolean restartable() {
        return attributes.get(RESTARTABLE);
    }

    /**
     * Sets whether its stream over gRPC may begin anew where the server's model breaks off. A message of type
     * {@code restarted} says so then: the text before it is void, and another one follows. Without this, such a stream ends
     * with an error that carries what came. The original ignores it, and so does a call with one answer.
     */
    public PlanRequest restartable(boolean allowed) {
        return new PlanRequest(attributes.with(RESTARTABLE, allowed));
    }
}
