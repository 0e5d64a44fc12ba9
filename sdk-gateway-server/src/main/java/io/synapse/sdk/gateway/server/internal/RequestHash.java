package io.synapse.sdk.gateway.server.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** What tells a request apart from others. */
final class RequestHash {
    private RequestHash() {}

    /** The hash of all that matters of a request. */
    static byte[] of(Object... parts) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(Json.text(List.of(parts)).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }
}
