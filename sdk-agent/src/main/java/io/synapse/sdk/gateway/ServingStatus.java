package io.synapse.sdk.gateway;

import io.synapse.sdk.OpenEnum;

/**
 * Whether a service can be used. Open enumeration.
 *
 * @param value the value as sent, for instance {@code SERVING}
 */
public record ServingStatus(String value) implements OpenEnum {
    /** It can be used. */
    public static final ServingStatus SERVING = new ServingStatus("SERVING");

    /** It cannot be used at the moment. */
    public static final ServingStatus NOT_SERVING = new ServingStatus("NOT_SERVING");

    /** There is no such service. */
    public static final ServingStatus SERVICE_UNKNOWN = new ServingStatus("SERVICE_UNKNOWN");

    /** Not known. */
    public static final ServingStatus UNKNOWN = new ServingStatus("UNKNOWN");

    @Override
    public String toString() {
        return value;
    }
}
