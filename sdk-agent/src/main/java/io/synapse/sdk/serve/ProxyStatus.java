package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * Where one of Serve's proxies stands. An open set.
 *
 * @param value the word as the server says it
 */
public record ProxyStatus(String value) implements OpenEnum {
    /** Being started. */
    public static final ProxyStatus STARTING = new ProxyStatus("STARTING");

    /** All is well. */
    public static final ProxyStatus HEALTHY = new ProxyStatus("HEALTHY");

    /** Something is wrong. */
    public static final ProxyStatus UNHEALTHY = new ProxyStatus("UNHEALTHY");

    /** Takes no new requests, and ends those that it has. */
    public static final ProxyStatus DRAINING = new ProxyStatus("DRAINING");

    /** Has no request left. */
    public static final ProxyStatus DRAINED = new ProxyStatus("DRAINED");

    @Override
    public String toString() {
        return value;
    }
}
