package io.synapse.sdk.internal.operation;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.RequestContent;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Sha256;
import java.util.List;
import java.util.Map;

/** What tells requests apart: method, path, query, headers of their own and JSON body. */
public final class RequestHash {
    private RequestHash() {}

    /** The same in each process for the same request; other bodies than JSON do not count. */
    public static String of(Endpoint<?> request) {
        return of(request, "");
    }

    /**
     * The same for another caller's request.
     *
     * @param caller what else tells requests apart
     */
    static String of(Endpoint<?> request, String caller) {
        StringBuilder head = new StringBuilder();
        add(caller, head);
        add(request.method().name(), head);
        add(request.target(), head);
        add(request.query(), head);
        add(request.headers(), head);
        return request.content().orElse(null) instanceof RequestContent.Json body
                ? Sha256.of(head.toString(), Json.write(body.value()))
                : Sha256.of(head.toString());
    }

    private static void add(List<Map.Entry<String, String>> fields, StringBuilder head) {
        head.append(fields.size()).append(';');
        for (Map.Entry<String, String> field : fields) {
            add(field.getKey(), head);
            add(field.getValue(), head);
        }
    }

    /** With its length, so that no field runs into the next. */
    private static void add(String field, StringBuilder head) {
        head.append(field.length()).append(':').append(field);
    }
}
