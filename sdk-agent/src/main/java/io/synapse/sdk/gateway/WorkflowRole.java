package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * The part that a model plays in a workflow. Open enumeration.
 *
 * @param value the value as sent, for instance {@code planner}
 */
public record WorkflowRole(String value) implements OpenEnum {
    /** Makes the plan. */
    public static final WorkflowRole PLANNER = new WorkflowRole("planner");

    /** Analyzes the task. */
    public static final WorkflowRole ANALYST = new WorkflowRole("analyst");

    /** Writes the code. */
    public static final WorkflowRole CODER = new WorkflowRole("coder");

    /** Reviews the code. */
    public static final WorkflowRole REVIEWER = new WorkflowRole("reviewer");

    /** Runs the command. */
    public static final WorkflowRole EXECUTOR = new WorkflowRole("executor");

    @Override
    public String toString() {
        return value;
    }
}
