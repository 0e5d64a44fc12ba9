package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a metric. Immutable.
 *
 * @param step its step
 * @param value the value
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record MetricPoint(
        @Nullable Double step, @Nullable Double value, Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public MetricPoint {
        additionalProperties = Copies.of(additionalProperties);
    }
}
