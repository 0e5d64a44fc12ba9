package io.synapse.sdk.internal.http;

import java.net.URI;

/**
 * Where an endpoint of a server is. A call puts it together once.
 *
 * @param server the server
 * @param target path and query, encoded: what the request's first line names
 */
public record Address(BaseUrl server, String target) {
    URI uri() {
        return URI.create(toString());
    }

    /** The whole URL. */
    @Override
    public String toString() {
        return server.origin() + target;
    }
}
