package io.synapse.sdk.gateway;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.Failure;
import io.synapse.sdk.dialect.internal.Copies;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The gateway failed (5xx) and says why: {@link #reason()}. {@link #detail()} has all that it says. The original does
 * so for workflows only; its other errors are {@link io.synapse.sdk.ServerException}s without a reason.
 */
public final class GatewayException extends ClientException {
    private static final long serialVersionUID = 1L;

    /** An exception for a failure, with the gateway's error as its detail. */
    public GatewayException(Failure failure) {
        super(failure);
    }

    /**
     * The kind of error: {@code WorkflowExecutionFailed}, {@code ServiceUnavailable} or {@code PoolUnavailable} from
     * the original; {@code unavailable}, {@code deadline}, {@code overloaded}, {@code refused} or {@code internal} from
     * a gateway of this project. Empty if there is none.
     */
    public String reason() {
        return text("error").or(() -> text("kind")).orElse("");
    }

    /** The service that failed, if the gateway names it. */
    public Optional<String> service() {
        return text("service");
    }

    /** The gateway's id of the request, if it has one. */
    public Optional<String> requestId() {
        return text("request_id");
    }

    /** The workflow that failed, if the gateway can continue it: see {@link WorkflowRequest#continuing}. */
    public Optional<String> workflowId() {
        return text("workflow_id");
    }

    /** After which time it may be worth trying again, if the gateway says so. */
    public Optional<Duration> retryAfter() {
        return fields(failure().detail()).get("retry_after") instanceof Number seconds && seconds.doubleValue() >= 0
                ? Optional.of(Duration.ofMillis((long) (seconds.doubleValue() * 1000)))
                : Optional.empty();
    }

    /** The service that the gateway recommends instead, if there is one. The original names one that does not exist. */
    public Optional<String> fallbackService() {
        return text("fallback_service");
    }

    /** The fields of an error, at its root or under {@code detail}; empty if it is no object. */
    static Map<String, @Nullable Object> fields(@Nullable Object error) {
        Map<String, @Nullable Object> root = Copies.object(error);
        return root.get("detail") instanceof Map<?, ?> inner ? Copies.object(inner) : root;
    }

    private Optional<String> text(String field) {
        return fields(failure().detail()).get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
