package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server of experiments, as its root describes it. Immutable.
 *
 * @param message its name
 * @param version its version
 * @param status {@code running}
 * @param server its kind: {@code synapse} for a server of this project; null for the original
 * @param features what it can do beyond the original
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record ExperimentServer(
        @Nullable String message,
        @Nullable String version,
        @Nullable String status,
        @Nullable String server,
        List<String> features,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent lists and maps by empty ones and copies the others. */
    public ExperimentServer {
        features = Copies.of(features);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** Whether it is a server of this project, and not the original. */
    public boolean isSynapse() {
        return "synapse".equals(server);
    }
}
