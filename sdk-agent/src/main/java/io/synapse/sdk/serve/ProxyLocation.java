package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * The nodes on which Serve accepts requests. Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record ProxyLocation(String value) implements OpenEnum {
    /** Every node that has a replica, and the head node; the server's default. */
    public static final ProxyLocation EVERY_NODE = new ProxyLocation("EveryNode");

    /** The head node only. */
    public static final ProxyLocation HEAD_ONLY = new ProxyLocation("HeadOnly");

    /** None: applications are accessible from Python only. */
    public static final ProxyLocation DISABLED = new ProxyLocation("Disabled");

    @Override
    public String toString() {
        return value;
    }
}
