package io.synapse.sdk.experiment;

import io.synapse.sdk.OpenEnum;

/**
 * Whether a device still reports (wire/experiments.md, section 5). Open enumeration.
 *
 * @param value the value as sent by the server
 */
public record DeviceStatus(String value) implements OpenEnum {
    /** Its last report is at most 30 s old. */
    public static final DeviceStatus HEALTHY = new DeviceStatus("healthy");

    /** Its last report is at most 60 s old. */
    public static final DeviceStatus STALE = new DeviceStatus("stale");

    /** Its last report is older. */
    public static final DeviceStatus DISCONNECTED = new DeviceStatus("disconnected");

    @Override
    public String toString() {
        return value;
    }
}
