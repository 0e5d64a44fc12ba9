package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests for configurations in the folder of the server. */
public final class StoredConfigs {
    private StoredConfigs() {}

    /** The configuration at a path, which may have folders. */
    public static Endpoint<Map<String, @Nullable Object>> get(String path) {
        Object[] parts = path.split("/", -1);
        return Endpoint.get("api/configs" + "/{}".repeat(parts.length), ResponseType.object(), parts);
    }
}
