package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that one configuration was expanded to, one for each point of its grid. Immutable.
 *
 * @param sweepId its id
 * @param total how many jobs it has
 * @param jobs its jobs
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Sweep(
        @Nullable String sweepId,
        @Nullable Long total,
        List<ExperimentJob> jobs,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public Sweep {
        jobs = Copies.of(jobs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
