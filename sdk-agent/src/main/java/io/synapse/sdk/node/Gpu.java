package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One GPU. Immutable.
 *
 * @param index its index on its node
 * @param name its model name
 * @param uuid its id
 * @param utilizationGpu its utilization, in percent
 * @param memoryUsed memory in use, in MB
 * @param memoryTotal total memory, in MB
 * @param processesPids the processes that use it, as sent by the server: a map by process id, or a list; null if not
 *     sent
 * @param memoryUsedRatio memory in use, from 0 to 1
 * @param additionalProperties fields unknown to this version
 */
public record Gpu(
        int index,
        @Nullable String name,
        @Nullable String uuid,
        @Nullable Double utilizationGpu,
        @Nullable Long memoryUsed,
        @Nullable Long memoryTotal,
        @Nullable Object processesPids,
        @Nullable Double memoryUsedRatio,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public Gpu {
        additionalProperties = Copies.of(additionalProperties);
    }
}
