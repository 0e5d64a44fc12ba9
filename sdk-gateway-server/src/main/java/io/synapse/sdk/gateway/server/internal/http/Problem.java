package io.synapse.sdk.gateway.server.internal.http;

import io.synapse.sdk.embedded.internal.http.ErrorForm;
import io.synapse.sdk.gateway.server.internal.GatewayFailure;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/** Errors as {@code application/problem+json} (RFC 9457) with the fields of wire/gateway.md, section 7. */
final class Problem implements ErrorForm {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public Object document(int status, String sentence) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind(status));
        fields.put("may_have_run", false);
        fields.put("attempts", 1);
        return document(status, sentence, fields);
    }

    /** The document of a failure. */
    static Map<String, @Nullable Object> of(GatewayFailure failure) {
        return document(failure.kind().status(), failure.message(), failure.fields());
    }

    private static Map<String, @Nullable Object> document(
            int status, String sentence, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("title", HttpStatus.getMessage(status));
        document.put("status", status);
        document.put("detail", sentence);
        document.put("request_id", newRequestId());
        document.putAll(fields);
        return document;
    }

    private static String newRequestId() {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return "req_" + HexFormat.of().formatHex(random);
    }

    private static String kind(int status) {
        return switch (status) {
            case 401, 403 -> "refused";
            case 404, 405 -> "not_found";
            case 408, 504 -> "deadline";
            case 429 -> "overloaded";
            case 503 -> "unavailable";
            default -> status < 500 ? "invalid" : "internal";
        };
    }
}
