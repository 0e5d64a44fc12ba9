package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One GPU. Immutable.
 *
 * @param index its number on its node
 * @param name what it is
 * @param uuid its id
 * @param utilizationGpu how busy it is, in percent
 * @param memoryUsed memory in use, in MB
 * @param memoryTotal memory it has, in MB
 * @param processesPids the processes that use it, as the server says it: a map by process id, or a list; null if it
 *     does not
 * @param memoryUsedRatio memory in use, from 0 to 1
 * @param additionalProperties fields that this version does not know
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
    /** Takes it as the server gave it. */
    public Gpu {
        additionalProperties = Copies.of(additionalProperties);
    }
}
