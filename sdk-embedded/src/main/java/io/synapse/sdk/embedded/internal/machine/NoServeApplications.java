package io.synapse.sdk.embedded.internal.machine;

import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.backend.ServeApplications;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine without Ray Serve. */
final class NoServeApplications implements ServeApplications {
    @Override
    public List<Map<String, @Nullable Object>> list() {
        return List.of();
    }

    @Override
    public Map<String, @Nullable Object> get(String name) {
        throw none();
    }

    @Override
    public void delete(String name) {
        throw none();
    }

    private static RefusedException none() {
        return new RefusedException(404, "no such Serve application: this agent runs no Ray Serve");
    }
}
