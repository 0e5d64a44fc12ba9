package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many actors stand where, by their classes. Immutable.
 *
 * @param summary the actors of each class
 * @param totalActors how many actors there are
 * @param additionalProperties fields that this version does not know
 */
public record ActorSummary(
        Map<String, Group> summary, long totalActors, Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public ActorSummary {
        summary = Copies.of(summary);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * The actors of one class.
     *
     * @param className the class
     * @param stateCounts how many of them stand where
     * @param additionalProperties fields that this version does not know
     */
    public record Group(
            @Nullable String className,
            Map<ActorState, Long> stateCounts,
            Map<String, @Nullable Object> additionalProperties) {
        /** Takes it as the server gave it. */
        @SuppressWarnings("NullAway") // a server may leave it out
        public Group {
            stateCounts = stateCounts == null ? Map.of() : Map.copyOf(stateCounts);
            additionalProperties = Copies.of(additionalProperties);
        }

        /** How many of them stand there. */
        public long count(ActorState state) {
            return stateCounts.getOrDefault(state, 0L);
        }
    }
}
