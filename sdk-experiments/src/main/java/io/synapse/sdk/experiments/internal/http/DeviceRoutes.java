package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.device.Devices;
import java.util.List;
import java.util.Map;

/**
 * The machines of workers, for those who look at them.
 *
 * @param devices the machines
 */
public record DeviceRoutes(Devices devices) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get(
                "/api/devices",
                request -> Replies.data(request, devices.documents(), "Devices retrieved successfully"));
        routes.delete("/api/devices/{host}", this::delete);
        routes.post("/api/devices/{host}/drain", this::drain);
    }

    private void delete(Context request) {
        String host = request.pathParam("host");
        devices.delete(host);
        Replies.data(request, Map.of("message", "Device '" + host + "' deleted", "host_id", host));
    }

    private void drain(Context request) {
        String host = request.pathParam("host");
        JsonNode drain = Replies.body(request).path("drain");
        if (!drain.isBoolean()) {
            throw Failure.invalid("missing", List.of("body", "drain"), "Input should be a valid boolean");
        }
        devices.drain(host, drain.booleanValue());
        Replies.data(request, Map.of("host_id", host, "drain", drain.booleanValue()));
    }
}
