package io.synapse.sdk;

/** The HTTP methods that endpoints use. */
public enum HttpMethod {
    /** Reads a resource. */
    GET(true),
    /** Reads the headers only. */
    HEAD(true),
    /** Creates a resource or starts an action. */
    POST(false),
    /** Replaces a resource. */
    PUT(true),
    /** Changes a part of a resource. */
    PATCH(false),
    /** Removes a resource. */
    DELETE(true);

    private final boolean idempotent;

    HttpMethod(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** Whether repeating a request has the same effect as one request (RFC 9110, section 9.2.2). */
    public boolean isIdempotent() {
        return idempotent;
    }
}
