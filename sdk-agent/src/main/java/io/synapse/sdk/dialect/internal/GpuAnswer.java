package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.node.GpuStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what servers say of their GPUs. */
public final class GpuAnswer {
    private GpuAnswer() {}

    /** The status, typed as far as it is said in the known way: agents are free in how they say it. */
    public static GpuStatus read(Map<String, @Nullable Object> answer) {
        try {
            return Json.convert(answer, GpuStatus.class);
        } catch (UnreadableJsonException e) {
            return new GpuStatus(List.of(), answer); // said in another way: kept as it is
        }
    }
}
