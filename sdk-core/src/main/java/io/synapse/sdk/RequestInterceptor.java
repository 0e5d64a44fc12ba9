package io.synapse.sdk;

import java.net.URI;
import java.util.Map;

/**
 * Adds headers to every request just before it is sent, once for each attempt, WebSocket handshakes included: a
 * short-lived token, a trace id. Must be thread-safe. The call fails with the exception that it throws.
 */
@FunctionalInterface
public interface RequestInterceptor {
    /**
     * The headers of this request; they replace headers of the same name.
     *
     * @param method the HTTP method
     * @param url the URL
     */
    Map<String, String> headers(HttpMethod method, URI url);
}
