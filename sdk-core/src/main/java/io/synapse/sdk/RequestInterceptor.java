package io.synapse.sdk;

import java.net.URI;
import java.util.Map;

/**
 * Adds headers to every request just before it is sent, once for each attempt, WebSocket handshakes included: a
 * short-lived token, a trace id. Must be safe for use by several threads; what it throws ends the call.
 */
@FunctionalInterface
public interface RequestInterceptor {
    /**
     * The headers to set on this request, in place of those of the same name.
     *
     * @param method the HTTP method
     * @param url where it goes
     */
    Map<String, String> headers(HttpMethod method, URI url);
}
