package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link DeviceOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncDeviceOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link DeviceOperations#listDevices}. */
    default CompletableFuture<List<Device>> listDevices() {
        return perform(DeviceEndpoints.list());
    }

    /** Asynchronous twin of {@link DeviceOperations#deleteDevice}. */
    default CompletableFuture<@Nullable Void> deleteDevice(String hostId) {
        return perform(DeviceEndpoints.delete(hostId));
    }
}
