package io.synapse.sdk.experiment;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A GPU of a device. Immutable.
 *
 * @param id its number
 * @param name its name
 * @param util its use, in percent
 * @param vramUsed memory in use, in GB
 * @param vramTotal its memory, in GB
 * @param temperature its temperature, in °C
 * @param powerUsage its power, in W
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record DeviceGpu(
        @Nullable Integer id,
        @Nullable String name,
        @Nullable Double util,
        @Nullable Double vramUsed,
        @Nullable Double vramTotal,
        @Nullable Double temperature,
        @Nullable Double powerUsage,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces an absent map by an empty one and copies the others. */
    public DeviceGpu {
        additionalProperties = Copies.of(additionalProperties);
    }
}
