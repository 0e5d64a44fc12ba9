package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tests of a run passed and failed. Fields that the server omits are null or empty. Immutable.
 *
 * @param passed how many passed
 * @param failed how many failed
 * @param skipped how many were skipped
 * @param coveragePercent how much of the code they ran, from 0 to 100; 0 if it was not measured
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record TestCounts(
        @Nullable Integer passed,
        @Nullable Integer failed,
        @Nullable Integer skipped,
        @Nullable Double coveragePercent,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public TestCounts {
        additionalProperties = Copies.of(additionalProperties);
    }
}
