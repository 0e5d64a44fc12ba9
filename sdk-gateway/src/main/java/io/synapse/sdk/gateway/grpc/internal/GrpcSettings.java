package io.synapse.sdk.gateway.grpc.internal;

import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.grpc.GatewayService;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client.
 *
 * @param addresses host and port of each service
 * @param token sent as {@code authorization: Bearer}; null for none
 * @param tls whether connections are encrypted
 * @param trust whom to trust; null for those that the JVM trusts
 * @param callTimeout the total time of a call; null for that of its operation
 * @param retries the retries
 * @param maxMessageSize the largest message in bytes, both ways
 * @param maxInFlight how many calls and streams each service has at once
 * @param maxQueued how many more wait
 * @param keepAlive how long a connection with a call is silent before it is asked for a sign of life
 */
public record GrpcSettings(
        Map<GatewayService, String> addresses,
        @Nullable String token,
        boolean tls,
        @Nullable X509TrustManager trust,
        @Nullable Duration callTimeout,
        RetryPolicy retries,
        int maxMessageSize,
        int maxInFlight,
        int maxQueued,
        Duration keepAlive) {
    /** Copies the addresses. */
    public GrpcSettings {
        addresses = Map.copyOf(addresses);
    }

    /** Host and port of a service. */
    String address(GatewayService service) {
        String address = addresses.get(service);
        return address == null ? "127.0.0.1:" + service.defaultPort() : address;
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return "GrpcSettings" + addresses;
    }
}
