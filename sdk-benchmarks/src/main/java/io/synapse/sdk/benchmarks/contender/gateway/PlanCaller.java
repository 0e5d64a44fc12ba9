package io.synapse.sdk.benchmarks.contender.gateway;

import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.resilience.StandardResilience;
import java.io.IOException;

/** One way to ask for a plan. Thread-safe. */
public interface PlanCaller extends AutoCloseable {
    /**
     * Asks for a plan, and takes all its fields.
     *
     * @return how many steps it has
     */
    int steps(String task) throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * A way by its name.
     *
     * @param way {@code grpc} or {@code http}, a blank, and {@code layers} or {@code client} for the SDK with its standard
     *     layers and without, or {@code bare} for a library by hand
     * @param address host and port of gRPC, or the URL of HTTP
     */
    static PlanCaller of(String way, String address) {
        return switch (way) {
            case "grpc layers" -> sdk(grpcClient(address), true);
            case "grpc client" -> sdk(grpcClient(address), false);
            case "grpc bare" -> new BareStub(address);
            case "http layers" -> sdk(httpClient(address), true);
            case "http client" -> sdk(httpClient(address), false);
            case "http bare" -> new JdkHttp(address);
            default -> throw new IllegalArgumentException("there is no such way: " + way);
        };
    }

    private static GrpcGatewayClient grpcClient(String address) {
        return GrpcGatewayClient.builder()
                .address(GatewayService.CLAUDE, address)
                .token(Token.VALUE)
                .build();
    }

    private static GatewayClient httpClient(String url) {
        return GatewayClient.builder().baseUrl(url).gatewayToken(Token.VALUE).build();
    }

    private static PlanCaller sdk(GrpcGatewayClient client, boolean withLayers) {
        GrpcGatewayClient caller = withLayers ? client.with(StandardResilience.create()) : client;
        return new PlanCaller() {
            @Override
            public int steps(String task) {
                return caller.createPlan(PlanRequest.of(task)).steps().size();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    private static PlanCaller sdk(GatewayClient client, boolean withLayers) {
        GatewayClient caller = withLayers ? client.with(StandardResilience.create()) : client;
        return new PlanCaller() {
            @Override
            public int steps(String task) {
                return caller.createPlan(PlanRequest.of(task)).steps().size();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
