package io.synapse.sdk.internal.http;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.RequestInterceptor;
import io.synapse.sdk.RetryPolicy;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All that a client was told by its builder. Its {@code toString} is never to be logged: headers hold tokens.
 *
 * @param baseUrl where the server is, path prefix included, without a final slash
 * @param headers sent with every request, WebSocket handshakes included
 * @param connectTimeout for making a connection, TLS included
 * @param readTimeout for the next byte, either way
 * @param callTimeout for a whole call, repeats included; zero for none
 * @param retryPolicy how often and how soon to repeat
 * @param proxy the proxy, or null for what the JVM is set to
 * @param tls how to do TLS, or null for the JVM's way
 * @param executor where asynchronous calls run, or null for threads of our own
 * @param interceptors add headers to each request
 * @param listener is told what happens
 */
public record ConnectionSettings(
        BaseUrl baseUrl,
        Map<String, String> headers,
        Duration connectTimeout,
        Duration readTimeout,
        Duration callTimeout,
        RetryPolicy retryPolicy,
        @Nullable Proxy proxy,
        @Nullable Tls tls,
        @Nullable Executor executor,
        List<RequestInterceptor> interceptors,
        ClientListener listener) {
    @Override
    public String toString() {
        return "settings for " + baseUrl;
    }
}
