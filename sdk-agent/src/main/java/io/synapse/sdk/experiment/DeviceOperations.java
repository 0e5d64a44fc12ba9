package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;
import java.util.List;

/** Operations on devices (wire/experiments.md, section 5). */
public interface DeviceOperations extends Performer {
    /** All devices that have reported. */
    default List<Device> listDevices() {
        return perform(DeviceEndpoints.list());
    }

    /**
     * Forgets a device that does not report any more.
     *
     * @throws io.synapse.sdk.BadRequestException while it reports, or when it is not a valid name
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default void deleteDevice(String hostId) {
        perform(DeviceEndpoints.delete(hostId));
    }
}
