package io.synapse.sdk.internal.http;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.ServerAddress;
import io.synapse.sdk.StreamLimits;
import java.net.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * All that a client's builder holds.
 *
 * @param servers where the servers are; asked before each call
 * @param loadBalancing which of them gets a call
 * @param headers sent with every request, WebSocket handshakes included
 * @param credentials a header whose value changes with time; null for none
 * @param connectTimeout for making a connection, TLS included
 * @param readTimeout for the next byte, either way
 * @param maxIdle how long a connection waits for the next request before it is closed
 * @param calls how calls are performed
 * @param proxy the proxy, or null for what the JVM is set to
 * @param proxyAuthorization the value of the {@code Proxy-Authorization} header; null for none
 * @param tls makes TLS sockets; null for the JVM's default
 * @param cookies whether cookies of the server are kept and sent back
 * @param streamLimits the limits of log streams that have none of their own
 * @param executor where asynchronous calls run, or null for threads of our own
 * @param interceptors add headers to each request
 */
public record ConnectionSettings(
        Supplier<List<ServerAddress>> servers,
        LoadBalancing loadBalancing,
        Map<String, String> headers,
        @Nullable Credentials credentials,
        Duration connectTimeout,
        Duration readTimeout,
        Duration maxIdle,
        CallPolicy calls,
        @Nullable Proxy proxy,
        @Nullable String proxyAuthorization,
        @Nullable SSLSocketFactory tls,
        boolean cookies,
        StreamLimits streamLimits,
        @Nullable Executor executor,
        List<RequestInterceptor> interceptors) {
    /** The same settings, but for the options. */
    public ConnectionSettings with(CallOptions options) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(options.headers());
        return new ConnectionSettings(
                servers,
                loadBalancing,
                Map.copyOf(all),
                credentials,
                connectTimeout,
                readTimeout,
                maxIdle,
                calls.with(options),
                proxy,
                proxyAuthorization,
                tls,
                cookies,
                streamLimits,
                executor,
                interceptors);
    }

    /** Shows no value: headers hold tokens. */
    @Override
    public String toString() {
        return "settings";
    }
}
