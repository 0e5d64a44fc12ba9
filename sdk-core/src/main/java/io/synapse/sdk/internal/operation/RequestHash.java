package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Sha256;

/** What tells requests apart: method, path, query and JSON body. */
public final class RequestHash {
    private RequestHash() {}

    /** The same in each process for the same request; other bodies than JSON do not count. */
    public static String of(Endpoint<?> request) {
        String line = request.method() + " " + request.target() + " " + request.query() + "\n";
        return request.content().orElse(null) instanceof RequestContent.Json body
                ? Sha256.of(line, Json.write(body.value()))
                : Sha256.of(line);
    }
}
