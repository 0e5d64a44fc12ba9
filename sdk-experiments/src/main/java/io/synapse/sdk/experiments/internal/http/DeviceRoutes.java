package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.device.Devices;
import io.synapse.sdk.experiments.internal.queue.JobQueries;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The machines of workers, for those who look at them.
 *
 * @param devices the machines
 * @param jobs what they hold
 */
public record DeviceRoutes(Devices devices, JobQueries jobs) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/devices", this::list);
        routes.delete("/api/devices/{host}", this::delete);
        routes.post("/api/devices/{host}/drain", this::drain);
    }

    /** With the jobs that they hold. */
    private void list(Context request) {
        Map<String, List<String>> held = jobs.held();
        List<Map<String, @Nullable Object>> documents = devices.documents();
        for (Map<String, @Nullable Object> document : documents) {
            document.put("jobs", held.getOrDefault(host(document), List.of()));
        }
        Replies.data(request, documents, "Devices retrieved successfully");
    }

    private static String host(Map<String, @Nullable Object> document) {
        return document.get("host_id") instanceof JsonNode host ? host.asText() : "";
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
