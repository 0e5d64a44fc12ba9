package io.synapse.sdk.gateway;

import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A step of an {@link OrchestrationRequest}. Immutable: each setter returns a modified copy. */
public final class OrchestrationStep extends GatewayRequest {
    private static final Key<String> AGENT = new Key<>("agent", "");
    private static final Key<String> ACTION = new Key<>("action", "");
    private static final Key<ByteBuffer> PARAMS = new Key<>("params", ByteBuffer.allocate(0));

    private OrchestrationStep(Attributes attributes) {
        super(attributes);
    }

    /**
     * A step.
     *
     * @param agent the agent that does it
     * @param action what is to be done
     */
    public static OrchestrationStep of(String agent, String action) {
        return new OrchestrationStep(Attributes.NONE
                .with(AGENT, Objects.requireNonNull(agent, "agent"))
                .with(ACTION, Objects.requireNonNull(action, "action")));
    }

    /** The agent that does it. */
    public String agent() {
        return attributes.get(AGENT);
    }

    /** What is to be done. */
    public String action() {
        return attributes.get(ACTION);
    }

    /** A copy of the arguments; empty by default. */
    public byte[] params() {
        ByteBuffer bytes = attributes.get(PARAMS).duplicate();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /** Sets the arguments, in the form that the agent expects. */
    public OrchestrationStep params(byte[] bytes) {
        return new OrchestrationStep(
                attributes.with(PARAMS, ByteBuffer.wrap(bytes.clone()).asReadOnlyBuffer()));
    }
}
