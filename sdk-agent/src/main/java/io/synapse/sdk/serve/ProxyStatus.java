package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * The status of one of Serve's proxies. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ProxyStatus(String value) implements OpenEnum {
    /** Being started. */
    public static final ProxyStatus STARTING = new ProxyStatus("STARTING");

    /** Healthy. */
    public static final ProxyStatus HEALTHY = new ProxyStatus("HEALTHY");

    /** Unhealthy. */
    public static final ProxyStatus UNHEALTHY = new ProxyStatus("UNHEALTHY");

    /** Accepts no new requests, and finishes the others. */
    public static final ProxyStatus DRAINING = new ProxyStatus("DRAINING");

    /** Has finished all requests. */
    public static final ProxyStatus DRAINED = new ProxyStatus("DRAINED");

    @Override
    public String toString() {
        return value;
    }
}
