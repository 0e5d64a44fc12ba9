package io.synapse.sdk.gateway.server.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.gateway.server.AgentException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a call failed, in the terms of wire/gateway.md, section 7. Its message is told to the caller. Immutable. */
public final class GatewayFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GatewayFailure.class);

    private final Kind kind;
    private final @Nullable String service;
    private final boolean mayHaveRun;
    private final @Nullable Duration retryAfter;
    private final transient Map<String, @Nullable Object> details;

    /** The kinds of failures; several have the same name on the wire, and differ in their status. */
    public enum Kind {
        /** The request cannot be understood. */
        INVALID("invalid", 400),
        /** The gateway, or who is to answer, does not want to. */
        REFUSED("refused", 403),
        /** There is no such thing. */
        NOT_FOUND("not_found", 404),
        /** It is being done already. */
        CONFLICT("refused", 409),
        /** It was there and is not kept any more. */
        GONE("not_found", 410),
        /** There is too much to do. */
        OVERLOADED("overloaded", 429),
        /** The caller gave up, or has gone. */
        CANCELLED("unavailable", 499),
        /** Anything else. */
        INTERNAL("internal", 500),
        /** The agent's answer has not the form that was asked for. */
        INVALID_ANSWER("invalid", 502),
        /** Who is to answer is not there. */
        UNAVAILABLE("unavailable", 503),
        /** It took too long. */
        DEADLINE("deadline", 504);

        private final String word;
        private final int status;

        Kind(String word, int status) {
            this.word = word;
            this.status = status;
        }

        /** The word on the wire. */
        public String word() {
            return word;
        }

        /** The status of HTTP. */
        public int status() {
            return status;
        }
    }

    /** A failure of something that was not begun. */
    public GatewayFailure(Kind kind, String message) {
        this(kind, message, null, null, false, null, Map.of());
    }

    private GatewayFailure(
            Kind kind,
            String message,
            @Nullable Throwable cause,
            @Nullable String service,
            boolean mayHaveRun,
            @Nullable Duration retryAfter,
            Map<String, @Nullable Object> details) {
        super(message, cause);
        this.kind = kind;
        this.service = service;
        this.mayHaveRun = mayHaveRun;
        this.retryAfter = retryAfter;
        this.details = details;
    }

    /**
     * What was thrown, as a failure of this service.
     *
     * @param begun whether the work had begun
     */
    static GatewayFailure of(Throwable thrown, String service, boolean begun) {
        if (thrown instanceof GatewayFailure known) {
            return known.service == null ? known.in(service) : known;
        }
        if (thrown instanceof AgentException agent) {
            GatewayFailure failure = new GatewayFailure(
                    kind(agent.kind()), String.valueOf(agent.getMessage()), agent, service, begun, null, Map.of());
            failure = agent.retryAfter().map(failure::retryAfter).orElse(failure);
            return agent.partialText().isEmpty() ? failure : failure.detail("partial_text", agent.partialText());
        }
        if (thrown instanceof BadRequestException bad) {
            return new GatewayFailure(
                    Kind.INVALID, String.valueOf(bad.getMessage()), bad, service, false, null, Map.of());
        }
        if (thrown instanceof InterruptedException) {
            return new GatewayFailure(Kind.CANCELLED, "it was cancelled")
                    .in(service)
                    .mayHaveRun(begun);
        }
        LOG.error("{} failed", service, thrown);
        String message = service + " failed to do this; the gateway's log says why";
        return new GatewayFailure(Kind.INTERNAL, message, thrown, service, begun, null, Map.of());
    }

    private static Kind kind(AgentException.Kind kind) {
        return switch (kind) {
            case UNAVAILABLE -> Kind.UNAVAILABLE;
            case DEADLINE -> Kind.DEADLINE;
            case OVERLOADED -> Kind.OVERLOADED;
            case REFUSED -> Kind.REFUSED;
            case INVALID -> Kind.INVALID_ANSWER;
            case INTERNAL -> Kind.INTERNAL;
        };
    }

    /** The same, of this service. */
    public GatewayFailure in(String name) {
        return copy(name, mayHaveRun, retryAfter, details);
    }

    /** The same, saying whether the work may have been done, at least in part. */
    public GatewayFailure mayHaveRun(boolean may) {
        return copy(service, may, retryAfter, details);
    }

    /** The same, with a time after which another attempt may succeed. */
    public GatewayFailure retryAfter(Duration wait) {
        return copy(service, mayHaveRun, wait, details);
    }

    /** The same, with one more field for the caller. */
    public GatewayFailure detail(String name, Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(details);
        more.put(name, value);
        return copy(service, mayHaveRun, retryAfter, more);
    }

    private GatewayFailure copy(
            @Nullable String name, boolean may, @Nullable Duration wait, Map<String, @Nullable Object> more) {
        GatewayFailure copy = new GatewayFailure(kind, message(), getCause(), name, may, wait, more);
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /** Why it failed. */
    public Kind kind() {
        return kind;
    }

    /** Why it failed, in a sentence. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** The time after which another attempt may succeed. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** All that a caller is told beside the sentence, by the names of section 7. */
    public Map<String, @Nullable Object> fields() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("kind", kind.word());
        if (service != null) {
            fields.put("service", service);
        }
        fields.put("may_have_run", mayHaveRun);
        fields.put("attempts", 1);
        if (retryAfter != null) {
            fields.put("retry_after", retryAfter.toMillis() / 1000.0);
        }
        fields.putAll(details);
        return fields;
    }

    /** As it is kept on disk: see {@link #restored}. */
    Map<String, @Nullable Object> stored() {
        Map<String, @Nullable Object> stored = new LinkedHashMap<>();
        stored.put("failure", kind.name());
        stored.put("message", message());
        stored.put("fields", fields());
        return stored;
    }

    /** The failure that was {@linkplain #stored() stored}. */
    static GatewayFailure restored(Map<String, @Nullable Object> stored) {
        Map<String, @Nullable Object> fields = Json.object(stored.get("fields"));
        GatewayFailure failure = new GatewayFailure(
                Kind.valueOf(String.valueOf(stored.get("failure"))), String.valueOf(stored.get("message")));
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            Object value = field.getValue();
            failure = switch (field.getKey()) {
                case "kind", "attempts" -> failure;
                case "service" -> failure.in(String.valueOf(value));
                case "may_have_run" -> failure.mayHaveRun(Boolean.TRUE.equals(value));
                case "retry_after" ->
                    value instanceof Number seconds
                            ? failure.retryAfter(Duration.ofMillis((long) (seconds.doubleValue() * 1000)))
                            : failure;
                default -> value == null ? failure : failure.detail(field.getKey(), value);
            };
        }
        return failure;
    }
}
