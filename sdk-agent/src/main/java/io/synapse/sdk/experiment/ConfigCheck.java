package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a server, or a worker too, says of a configuration without running it. Immutable.
 *
 * @param valid whether it can be submitted
 * @param errors what is wrong
 * @param warnings what may be meant otherwise
 * @param count the number of runs that it expands to
 * @param runs the first of these runs, each a configuration
 * @param worker what a worker found; null when none was asked, or the server found errors before
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ConfigCheck(
        boolean valid,
        List<ConfigProblem> errors,
        List<ConfigProblem> warnings,
        @Nullable Long count,
        List<Map<String, @Nullable Object>> runs,
        @Nullable WorkerCheck worker,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ConfigCheck {
        errors = Copies.of(errors);
        warnings = Copies.of(warnings);
        runs = Copies.of(runs);
        additionalProperties = Copies.of(additionalProperties);
    }
}
