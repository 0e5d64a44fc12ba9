package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of actors by class and state. Immutable.
 *
 * @param summary the actors of each class
 * @param totalActors the number of actors
 * @param additionalProperties fields unknown to this version
 */
public record ActorSummary(
        Map<String, Group> summary, long totalActors, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ActorSummary {
        summary = Copies.of(summary);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * The actors of one class.
     *
     * @param className the class
     * @param stateCounts the number of actors in each state
     * @param additionalProperties fields unknown to this version
     */
    public record Group(
            @Nullable String className,
            Map<ActorState, Long> stateCounts,
            Map<String, @Nullable Object> additionalProperties) {
        /** Replaces absent maps and lists by empty ones and copies the others. */
        @SuppressWarnings("NullAway") // a server may omit it
        public Group {
            stateCounts = stateCounts == null ? Map.of() : Map.copyOf(stateCounts);
            additionalProperties = Copies.of(additionalProperties);
        }

        /** The number of actors in this state. */
        public long count(ActorState state) {
            return stateCounts.getOrDefault(state, 0L);
        }
    }
}
