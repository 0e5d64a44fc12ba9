package io.synapse.sdk.internal.http;

import okhttp3.HttpUrl;

/**
 * Where an endpoint of a server is, its query included. A call finds it out once: putting an address together is a good
 * part of what a call costs by itself.
 */
public final class Address {
    private final HttpUrl url;
    private final boolean atOwnOrigin;

    Address(HttpUrl url, boolean atOwnOrigin) {
        this.url = url;
        this.atOwnOrigin = atOwnOrigin;
    }

    HttpUrl url() {
        return url;
    }

    /** Whether it is at the server's own origin, where its credentials may go. */
    public boolean isAtOwnOrigin() {
        return atOwnOrigin;
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
