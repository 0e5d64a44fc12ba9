package io.synapse.sdk.gateway;

import io.synapse.sdk.dialect.internal.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of an orchestration. Fields that the server omits are null or empty. Immutable.
 *
 * @param workflowId the id of the workflow
 * @param results the steps that were done
 * @param completed whether all steps were done
 * @param completedAt when it had ended
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record OrchestrationResult(
        @Nullable String workflowId,
        List<OrchestrationStepResult> results,
        boolean completed,
        @Nullable Instant completedAt,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public OrchestrationResult {
        results = Copies.of(results);
        additionalProperties = Copies.of(additionalProperties);
    }
}
