package io.synapse.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Not enough GPU capacity is available (503 with {@code error_type: "gpu_unavailable"}). {@link #fields()} has the
 * details, for instance {@code max_utilization} and {@code threshold}.
 */
public final class GpuUnavailableException extends ClientException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // Failure.copyOf is serializable
    private final Map<String, @Nullable Object> fields;

    /** An exception for a failure, with the fields of the response. */
    public GpuUnavailableException(Failure failure, Map<String, @Nullable Object> fields) {
        super(failure);
        this.fields = Failure.copyOf(fields);
    }

    /** The fields of the response. */
    public Map<String, @Nullable Object> fields() {
        return fields;
    }
}
