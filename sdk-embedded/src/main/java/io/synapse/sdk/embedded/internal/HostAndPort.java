package io.synapse.sdk.embedded.internal;

/** The address of a server. */
public final class HostAndPort {
    private static final int MOST = 0xffff;

    private HostAndPort() {}

    /** As it stands in a URL: an IPv6 address in brackets. */
    public static String of(String host, int port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * The port, if it can be one to listen on; 0 for a free one.
     *
     * @throws IllegalArgumentException when it is not from 0 to 65535
     */
    public static int checkedPort(int number) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException("a port is from 0 to 65535, not " + number);
        }
        return number;
    }
}
