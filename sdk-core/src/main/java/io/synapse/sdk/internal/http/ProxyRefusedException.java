package io.synapse.sdk.internal.http;

import java.io.IOException;

/** The proxy does not connect to the server. */
final class ProxyRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ProxyRefusedException(int status) {
        super("the proxy answered " + status + (status == 407 ? ": it wants another user name and password" : ""));
        this.status = status;
    }

    /** Whether the proxy would answer the same a moment later. */
    boolean isFinal() {
        return status < 500;
    }
}
