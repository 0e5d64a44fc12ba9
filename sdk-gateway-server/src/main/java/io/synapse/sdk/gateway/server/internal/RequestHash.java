package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.internal.value.Sha256;
import java.util.List;

/** What tells a request apart from others. */
final class RequestHash {
    private RequestHash() {}

    /** The hash of all that matters of a request. */
    static byte[] of(Object... parts) {
        return Sha256.bytesOf(Json.text(List.of(parts)));
    }
}
