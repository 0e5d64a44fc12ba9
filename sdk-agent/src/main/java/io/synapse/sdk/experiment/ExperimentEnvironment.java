package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import java.util.Map;

/** The server of experiments configured for this process, by environment variables. */
final class ExperimentEnvironment {
    private ExperimentEnvironment() {}

    /** Applies the configuration to a builder. */
    static ExperimentClient.Builder applyTo(ExperimentClient.Builder builder, Map<String, String> variables) {
        String url = variables.getOrDefault("SYNAPSE_EXPERIMENTS_URL", "");
        String token = variables.getOrDefault("SYNAPSE_EXPERIMENTS_TOKEN", "");
        if (url.isBlank()) {
            throw BadRequestException.refused("no server of experiments is named: set SYNAPSE_EXPERIMENTS_URL");
        }
        builder.baseUrl(url.strip());
        return token.isBlank() ? builder : builder.experimentsToken(token);
    }
}
