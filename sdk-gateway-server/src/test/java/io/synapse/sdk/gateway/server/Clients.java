package io.synapse.sdk.gateway.server;

import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;

/** Clients of a gateway. */
final class Clients {
    private Clients() {}

    static GatewayClient http(EmbeddedGateway gateway) {
        return GatewayClient.builder()
                .baseUrl(gateway.baseUrl())
                .gatewayToken(gateway.token())
                .build();
    }

    static GrpcGatewayClient grpc(EmbeddedGateway gateway) {
        GrpcGatewayClient.Builder builder = GrpcGatewayClient.builder().token(gateway.token());
        for (GatewayService service : GatewayService.values()) {
            builder.address(service, gateway.grpcAddress(service));
        }
        return builder.build();
    }
}
