package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of a running workflow (wire/gateway.md, section 3). Fields that the server omits are null or empty; each
 * event has the fields unknown to this version, and values of the wrong type, in {@code additionalProperties}.
 * Immutable.
 */
public sealed interface WorkflowEvent {
    /** Fields unknown to this version, and values of the wrong type. */
    Map<String, @Nullable Object> additionalProperties();

    /**
     * Whether it is the last event of its workflow: {@link Completed} or {@link Failed}.
     */
    default boolean isLast() {
        return this instanceof Completed || this instanceof Failed;
    }

    /**
     * The workflow has begun: {@code start}.
     *
     * @param workflowType its type, as requested
     */
    record Started(@Nullable WorkflowType workflowType, Map<String, @Nullable Object> additionalProperties)
            implements WorkflowEvent {
        /** Replaces an absent map by an empty one and copies the others. */
        public Started {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A step has begun: {@code step_start}.
     *
     * @param step the step: {@code plan}, {@code analyze}, {@code generate_code}, {@code review} or {@code execute}
     * @param agent the agent that does it
     */
    record StepStarted(
            @Nullable String step, @Nullable String agent, Map<String, @Nullable Object> additionalProperties)
            implements WorkflowEvent {
        /** Replaces an absent map by an empty one and copies the others. */
        public StepStarted {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A step has succeeded: {@code step_complete}.
     *
     * @param step the step
     * @param agent the agent that did it
     * @param result its result, by the fields of the server: {@code Models.of(Plan.class, event.result())} is the plan
     */
    record StepCompleted(
            @Nullable String step,
            @Nullable String agent,
            Map<String, @Nullable Object> result,
            Map<String, @Nullable Object> additionalProperties)
            implements WorkflowEvent {
        /** Replaces absent maps by empty ones and copies the others. */
        public StepCompleted {
            result = Copies.of(result);
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * A step has failed: {@code step_error}. The original goes on with the steps that do not need it.
     *
     * @param step the step
     * @param error why, in the server's words, which may have several lines
     */
    record StepFailed(@Nullable String step, @Nullable String error, Map<String, @Nullable Object> additionalProperties)
            implements WorkflowEvent {
        /** Replaces an absent map by an empty one and copies the others. */
        public StepFailed {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * The last step is over: {@code complete}. From the original it comes after failed steps too: see
     * {@link WorkflowStream#isSuccessful()}. The last event.
     *
     * @param workflowType its type, as requested
     */
    record Completed(@Nullable WorkflowType workflowType, Map<String, @Nullable Object> additionalProperties)
            implements WorkflowEvent {
        /** Replaces an absent map by an empty one and copies the others. */
        public Completed {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /**
     * The workflow was ended by a failure: {@code error} or {@code failed}. The last event.
     *
     * @param error why, in the server's words
     */
    record Failed(@Nullable String error, Map<String, @Nullable Object> additionalProperties) implements WorkflowEvent {
        /** Replaces an absent map by an empty one and copies the others. */
        public Failed {
            additionalProperties = Copies.of(additionalProperties);
        }
    }

    /** An event of another kind; all its fields are in {@code additionalProperties}. */
    record Other(Map<String, @Nullable Object> additionalProperties) implements WorkflowEvent {
        /** Replaces an absent map by an empty one and copies the others. */
        public Other {
            additionalProperties = Copies.of(additionalProperties);
        }
    }
}
