package io.synapse.sdk.ray.internal;

import io.synapse.sdk.Operation;
import io.synapse.sdk.serve.ServeApplication;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Serve applications in the words of a Ray dashboard (wire/ray.md, section 3). */
final class RayServe {
    private RayServe() {}

    static Operation<List<ServeApplication>> list() {
        throw new UnsupportedOperationException();
    }

    static Operation<ServeApplication> get(String name) {
        throw new UnsupportedOperationException();
    }

    static Operation<@Nullable Void> delete(String name) {
        throw new UnsupportedOperationException();
    }
}
