package io.synapse.sdk.serve;

import io.synapse.sdk.OpenEnum;

/**
 * On which nodes Serve takes requests. An open set.
 *
 * @param value the word as the server says it
 */
public record ProxyLocation(String value) implements OpenEnum {
    /** On every node that has a replica, and on the head; the server's default. */
    public static final ProxyLocation EVERY_NODE = new ProxyLocation("EveryNode");

    /** On the head only. */
    public static final ProxyLocation HEAD_ONLY = new ProxyLocation("HeadOnly");

    /** On none: applications are reached from Python only. */
    public static final ProxyLocation DISABLED = new ProxyLocation("Disabled");

    @Override
    public String toString() {
        return value;
    }
}
