package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.internal.http.CallPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client.
 *
 * @param addresses host and port of each service's servers
 * @param loadBalancing which of them gets a call
 * @param token sent as {@code authorization: Bearer}; null for none
 * @param interceptors add metadata to each call
 * @param tls whether connections are encrypted
 * @param trust whom to trust; null for those that the JVM trusts
 * @param calls how calls are performed
 * @param maxMessageSize the largest message in bytes, both ways
 * @param maxInFlight how many calls and streams each server has at once
 * @param maxQueued how many more wait
 * @param keepAlive how long a connection with a call is silent before it is asked for a sign of life
 */
public record GrpcSettings(
        Map<GatewayService, List<String>> addresses,
        LoadBalancing loadBalancing,
        @Nullable String token,
        List<RequestInterceptor> interceptors,
        boolean tls,
        @Nullable X509TrustManager trust,
        CallPolicy calls,
        int maxMessageSize,
        int maxInFlight,
        int maxQueued,
        Duration keepAlive) {
    /** Copies the addresses and interceptors. */
    public GrpcSettings {
        addresses = Map.copyOf(addresses);
        interceptors = List.copyOf(interceptors);
    }

    /** The servers of a service. */
    List<ServerAddress> servers(GatewayService service) {
        return addresses.getOrDefault(service, List.of("127.0.0.1:" + service.defaultPort())).stream()
                .map(address -> ServerAddress.of((tls ? "https://" : "http://") + address))
                .toList();
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return "GrpcSettings" + addresses;
    }
}
