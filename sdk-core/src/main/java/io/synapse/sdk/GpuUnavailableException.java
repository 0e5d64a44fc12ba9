package io.synapse.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * There is not enough GPU at the moment (503 with {@code error_type: "gpu_unavailable"}). {@link #fields()} has what the
 * server says about it, for instance {@code max_utilization} and {@code threshold}.
 */
public final class GpuUnavailableException extends ClientException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a copy that is
    private final Map<String, @Nullable Object> fields;

    /** An exception for a failure, with the fields of the server's answer. */
    public GpuUnavailableException(Failure failure, Map<String, @Nullable Object> fields) {
        super(failure);
        this.fields = Failure.copyOf(fields);
    }

    /** What the server says about it, by field name. */
    public Map<String, @Nullable Object> fields() {
        return fields;
    }
}
