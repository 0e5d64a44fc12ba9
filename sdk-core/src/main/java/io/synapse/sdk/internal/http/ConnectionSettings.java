package io.synapse.sdk.internal.http;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.StreamLimits;
import java.net.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * All that a client's builder holds.
 *
 * @param baseUrl where the server is
 * @param headers sent with every request, WebSocket handshakes included
 * @param credentials a header whose value changes with time; null for none
 * @param connectTimeout for making a connection, TLS included
 * @param readTimeout for the next byte, either way
 * @param maxIdle how long a connection waits for the next request before it is closed
 * @param callTimeout for a whole call, repeats included; zero for none
 * @param overridesCallTimeouts whether it takes the place of endpoints' own call timeouts
 * @param retryPolicy how often and how soon to repeat
 * @param proxy the proxy, or null for what the JVM is set to
 * @param proxyAuthorization the value of the {@code Proxy-Authorization} header; null for none
 * @param tls makes TLS sockets; null for the JVM's default
 * @param cookies whether cookies of the server are kept and sent back
 * @param streamLimits the limits of log streams that have none of their own
 * @param executor where asynchronous calls run, or null for threads of our own
 * @param interceptors add headers to each request
 * @param listener observes calls and streams
 */
public record ConnectionSettings(
        BaseUrl baseUrl,
        Map<String, String> headers,
        @Nullable Credentials credentials,
        Duration connectTimeout,
        Duration readTimeout,
        Duration maxIdle,
        Duration callTimeout,
        boolean overridesCallTimeouts,
        RetryPolicy retryPolicy,
        @Nullable Proxy proxy,
        @Nullable String proxyAuthorization,
        @Nullable SSLSocketFactory tls,
        boolean cookies,
        StreamLimits streamLimits,
        @Nullable Executor executor,
        List<RequestInterceptor> interceptors,
        ClientListener listener) {
    /** How long a call of this endpoint may take in all; zero for no limit. */
    public Duration callTimeout(Endpoint<?> endpoint) {
        return overridesCallTimeouts ? callTimeout : endpoint.callTimeout().orElse(callTimeout);
    }

    /** The same settings, but for the options. */
    public ConnectionSettings with(CallOptions options) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(options.headers());
        return new ConnectionSettings(
                baseUrl,
                Map.copyOf(all),
                credentials,
                connectTimeout,
                readTimeout,
                maxIdle,
                options.callTimeout().orElse(callTimeout),
                overridesCallTimeouts || options.callTimeout().isPresent(),
                options.retryPolicy().orElse(retryPolicy),
                proxy,
                proxyAuthorization,
                tls,
                cookies,
                streamLimits,
                executor,
                interceptors,
                listener);
    }

    /** Shows nothing but the address: headers hold tokens. */
    @Override
    public String toString() {
        return "settings for " + baseUrl;
    }
}
