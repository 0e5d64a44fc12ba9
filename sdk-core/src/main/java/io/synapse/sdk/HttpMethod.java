package io.synapse.sdk;

/** The HTTP methods that endpoints use. */
public enum HttpMethod {
    /** Reads. */
    GET(true),
    /** Reads the headers only. */
    HEAD(true),
    /** Makes, or does. */
    POST(false),
    /** Replaces. */
    PUT(true),
    /** Changes a part. */
    PATCH(false),
    /** Removes. */
    DELETE(true);

    private final boolean idempotent;

    HttpMethod(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** Whether doing it twice is the same as doing it once (RFC 9110, section 9.2.2). */
    public boolean isIdempotent() {
        return idempotent;
    }
}
