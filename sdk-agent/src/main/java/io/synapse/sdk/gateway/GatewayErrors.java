package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.http.ErrorReader;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Interprets the errors of the original (wire/gateway.md, sections 1 to 3) and of our own gateways (section 7). */
final class GatewayErrors implements ErrorReader {
    private static final String BARE = "Internal Server Error";
    private static final String NO_CAUSE =
            BARE + ". The gateway does not tell the cause: the service may be down, hung or"
                    + " too slow, or a value of the request may be invalid";

    @Override
    public Meaning read(int status, @Nullable Object body) {
        if (BARE.equals(body)) {
            return new Meaning(status, NO_CAUSE);
        }
        Map<String, @Nullable Object> fields = GatewayException.fields(body);
        String reason = text(fields, "error") == null ? text(fields, "kind") : text(fields, "error");
        if (reason == null) {
            return new Meaning(status, null);
        }
        Boolean executed = fields.get("may_have_run") instanceof Boolean mayHaveRun ? mayHaveRun : null;
        return status < 500
                ? new Meaning(status, null, executed, null)
                : new Meaning(status, sentence(reason, fields), executed, GatewayException::new);
    }

    private static String sentence(String reason, Map<String, @Nullable Object> fields) {
        return Stream.of(reason, text(fields, "service"), text(fields, "detail"))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(": "));
    }

    private static @Nullable String text(Map<String, @Nullable Object> fields, String name) {
        return fields.get(name) instanceof String text ? text : null;
    }
}
