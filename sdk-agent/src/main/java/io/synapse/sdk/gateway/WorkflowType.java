package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * Which steps a workflow has, and which of them run at the same time. Open enumeration.
 *
 * @param value the value as sent, for instance {@code pipeline}
 */
public record WorkflowType(String value) implements OpenEnum {
    /** Plan, analyze, generate code, review, execute, one after the other. */
    public static final WorkflowType PIPELINE = new WorkflowType("pipeline");

    /** The same steps: the first three together, then the review, then the execution. */
    public static final WorkflowType PARALLEL = new WorkflowType("parallel");

    /** Plan, then code and analysis together; neither review nor execution. */
    public static final WorkflowType SWARM = new WorkflowType("swarm");

    @Override
    public String toString() {
        return value;
    }
}
