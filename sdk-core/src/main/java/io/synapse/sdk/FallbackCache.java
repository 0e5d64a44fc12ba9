package io.synapse.sdk;

import org.jspecify.annotations.Nullable;

/**
 * Keeps answers, to give them again while no server answers. Its implementation decides how many and for how long;
 * {@code sdk-resilience} has one. Thread-safe. The keys tell apart the servers and headers of clients, but not what
 * interceptors add.
 */
public interface FallbackCache {
    /** What was kept for a request; null when there is nothing. */
    @Nullable
    Object get(String key);

    /**
     * Keeps the answer to a request.
     *
     * @param key a hash of the request
     * @param answer not to be changed
     */
    void put(String key, Object answer);
}
