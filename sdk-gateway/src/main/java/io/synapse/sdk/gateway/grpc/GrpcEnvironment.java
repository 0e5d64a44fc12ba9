package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.BadRequestException;
import java.util.Map;

/** The services configured for this process, by environment variables. */
final class GrpcEnvironment {
    private GrpcEnvironment() {}

    /** Applies the configuration to a builder. */
    static GrpcGatewayClient.Builder applyTo(GrpcGatewayClient.Builder builder, Map<String, String> variables) {
        boolean named = false;
        for (GatewayService service : GatewayService.values()) {
            String address = valueOf(variables, addressVariable(service));
            if (!address.isEmpty()) {
                builder.address(service, address);
                named = true;
            }
        }
        if (!named) {
            throw BadRequestException.refused("no service is named: set " + addressVariable(GatewayService.CLAUDE)
                    + " or that of another service");
        }
        String token = valueOf(variables, "SYNAPSE_GATEWAY_TOKEN");
        if (!token.isEmpty()) {
            builder.token(token);
        }
        return switch (valueOf(variables, "SYNAPSE_GATEWAY_TLS")) {
            case "true" -> builder.tls();
            case "false", "" -> builder;
            default -> throw BadRequestException.refused("SYNAPSE_GATEWAY_TLS is true or false");
        };
    }

    private static String addressVariable(GatewayService service) {
        return "SYNAPSE_GATEWAY_" + service.name() + "_ADDRESS";
    }

    /** Empty where there is none. */
    private static String valueOf(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").strip();
    }
}
