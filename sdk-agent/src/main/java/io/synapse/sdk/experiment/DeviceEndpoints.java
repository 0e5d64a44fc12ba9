package io.synapse.sdk.experiment;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous device operations (wire/experiments.md, section 2). */
final class DeviceEndpoints {
    private DeviceEndpoints() {}

    static Operation<List<Device>> list() {
        return ExperimentProtocol.with(
                dialect -> dialect.askList(Endpoint.get("api/devices", ResponseType.object()), Device.class));
    }

    static Operation<@Nullable Void> delete(String hostId) {
        return QueueEndpoints.with("host", hostId, (dialect, id) -> Endpoint.delete("api/devices/{}", id));
    }
}
