package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to an agent by the name of a method, without a type of its own. Immutable: each setter returns a modified
 * copy.
 */
public final class ProcessRequest extends GatewayRequest {
    private static final Key<String> METHOD = new Key<>("method", "");
    private static final Key<String> REQUEST_ID = new Key<>("request_id", "");
    private static final Key<String> SOURCE_AGENT = new Key<>("source_agent", "");
    private static final Key<String> TARGET_AGENT = new Key<>("target_agent", "");
    private static final Key<ByteBuffer> PAYLOAD = new Key<>("payload", ByteBuffer.allocate(0));
    private static final Key<Map<String, String>> METADATA = new Key<>("metadata", Map.of());
    private static final Key<@Nullable Instant> TIMESTAMP = Key.of("timestamp");

    private ProcessRequest(Attributes attributes) {
        super(attributes);
    }

    /**
     * A request for this method.
     *
     * @param method a name that the agent knows
     */
    public static ProcessRequest of(String method) {
        return new ProcessRequest(Attributes.NONE.with(METHOD, Objects.requireNonNull(method, "method")));
    }

    /** The name of the method. */
    public String method() {
        return attributes.get(METHOD);
    }

    /** The id of the request; empty by default. */
    public String requestId() {
        return attributes.get(REQUEST_ID);
    }

    /** Sets the id of the request, which the answer repeats. */
    public ProcessRequest requestId(String requestId) {
        return new ProcessRequest(attributes.with(REQUEST_ID, requestId));
    }

    /** Who asks; empty by default. */
    public String sourceAgent() {
        return attributes.get(SOURCE_AGENT);
    }

    /** Sets who asks. */
    public ProcessRequest sourceAgent(String sourceAgent) {
        return new ProcessRequest(attributes.with(SOURCE_AGENT, sourceAgent));
    }

    /** Who is asked; empty by default. */
    public String targetAgent() {
        return attributes.get(TARGET_AGENT);
    }

    /** Sets who is asked. */
    public ProcessRequest targetAgent(String targetAgent) {
        return new ProcessRequest(attributes.with(TARGET_AGENT, targetAgent));
    }

    /** A copy of the arguments; empty by default. */
    public byte[] payload() {
        ByteBuffer bytes = attributes.get(PAYLOAD).duplicate();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /** Sets the arguments, in the form that the method expects. */
    public ProcessRequest payload(byte[] bytes) {
        return new ProcessRequest(
                attributes.with(PAYLOAD, ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer()));
    }

    /** What else is said of the request; empty by default. */
    public Map<String, String> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets what else is said of the request. */
    public ProcessRequest metadata(Map<String, String> metadata) {
        return new ProcessRequest(attributes.with(METADATA, Map.copyOf(metadata)));
    }

    /** When it was made; null by default. */
    public @Nullable Instant timestamp() {
        return attributes.get(TIMESTAMP);
    }

    /** Sets when it was made; sent in milliseconds. */
    public ProcessRequest timestamp(Instant timestamp) {
        return new ProcessRequest(attributes.with(TIMESTAMP, timestamp));
    }
}
