package io.synapse.sdk.gateway.grpc;

import io.synapse.sdk.OpenEnum;

/**
 * What a message of a stream reports. Open enumeration.
 *
 * @param value the value as sent, for instance {@code progress}
 */
public record StreamMessageType(String value) implements OpenEnum {
    /** A line for people. */
    public static final StreamMessageType LOG = new StreamMessageType("log");

    /** How far the work is. */
    public static final StreamMessageType PROGRESS = new StreamMessageType("progress");

    /** The result. */
    public static final StreamMessageType RESULT = new StreamMessageType("result");

    /**
     * The text of the messages before is void, and another one follows: of a request that is
     * {@linkplain io.synapse.sdk.gateway.PlanRequest#restartable(boolean) restartable}.
     */
    public static final StreamMessageType RESTARTED = new StreamMessageType("restarted");

    /** What went wrong. */
    public static final StreamMessageType ERROR = new StreamMessageType("error");

    @Override
    public String toString() {
        return value;
    }
}
