package io.synapse.sdk.internal.http;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** Keeps the server's cookies, for load balancers that send a client to the same server by one. Thread-safe. */
final class Cookies {
    private final @Nullable CookieManager store;

    /** A store, empty at first, that keeps cookies only if it is enabled. */
    Cookies(boolean enabled) {
        store = enabled ? new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER) : null;
    }

    void store(Address from, ClassicHttpResponse answer) throws IOException {
        if (store != null && answer.containsHeader("Set-Cookie")) {
            store.put(from.uri(), HttpAttempt.headers(answer));
        }
    }

    void apply(Address to, ClassicHttpRequest request) throws IOException {
        if (store != null) {
            List<String> cookies = store.get(to.uri(), Map.of()).getOrDefault("Cookie", List.of());
            if (!cookies.isEmpty()) {
                request.setHeader("Cookie", String.join("; ", cookies));
            }
        }
    }
}
