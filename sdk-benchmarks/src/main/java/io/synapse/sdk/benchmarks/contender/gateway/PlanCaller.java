package io.synapse.sdk.benchmarks.contender.gateway;

import io.synapse.sdk.AttemptTimeout;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.resilience.CircuitBreakers;
import io.synapse.sdk.resilience.StandardResilience;
import java.io.IOException;

/** One way to ask for a plan. Thread-safe. */
public interface PlanCaller extends AutoCloseable {
    /** The layers that each attempt passes. */
    Resilience BREAKER =
            Resilience.NONE.circuitBreaker(CircuitBreakers.standard()).attemptTimeout(AttemptTimeout.adaptive());

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
     * @param way {@code grpc} or {@code http}, a blank, and {@code layers}, {@code breaker} or {@code client} for the SDK with
     *     all its standard layers, with circuit breaker, balancer and limit of attempts, and with the balancer alone, or
     *     {@code bare} for a library by hand
     * @param address host and port of gRPC, or the URL of HTTP
     */
    static PlanCaller of(String way, String address) {
        return switch (way) {
            case "grpc layers" -> sdk(grpcClient(address), StandardResilience.create());
            case "grpc breaker" -> sdk(grpcClient(address), BREAKER);
            case "grpc client" -> sdk(grpcClient(address), Resilience.NONE);
            case "grpc bare" -> new BareStub(address);
            case "http layers" -> sdk(httpClient(address), StandardResilience.create());
            case "http breaker" -> sdk(httpClient(address), BREAKER);
            case "http client" -> sdk(httpClient(address), Resilience.NONE);
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

    private static PlanCaller sdk(GrpcGatewayClient client, Resilience layers) {
        GrpcGatewayClient caller = client.with(layers);
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

    private static PlanCaller sdk(GatewayClient client, Resilience layers) {
        GatewayClient caller = client.with(layers);
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
