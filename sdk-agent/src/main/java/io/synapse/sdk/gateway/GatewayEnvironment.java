package io.synapse.sdk.gateway;

import io.synapse.sdk.BadRequestException;
import java.util.Map;

/** The gateway configured for this process, by environment variables. */
final class GatewayEnvironment {
    private GatewayEnvironment() {}

    /** Applies the configuration to a builder. */
    static GatewayClient.Builder applyTo(GatewayClient.Builder builder, Map<String, String> variables) {
        String url = variables.getOrDefault("SYNAPSE_GATEWAY_URL", "");
        String token = variables.getOrDefault("SYNAPSE_GATEWAY_TOKEN", "");
        if (url.isBlank()) {
            throw BadRequestException.refused("no gateway is named: set SYNAPSE_GATEWAY_URL");
        }
        builder.baseUrl(url.strip());
        return token.isBlank() ? builder : builder.gatewayToken(token);
    }
}
