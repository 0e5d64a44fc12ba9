package io.synapse.sdk.job;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs a job. Immutable.
 *
 * @param id its id
 * @param nodeIpAddress the address of its node
 * @param pid its process id there, as text
 * @param additionalProperties fields that this version does not know
 */
public record DriverInfo(
        @Nullable String id,
        @Nullable String nodeIpAddress,
        @Nullable String pid,
        Map<String, @Nullable Object> additionalProperties) {
    /** Takes it as the server gave it. */
    public DriverInfo {
        additionalProperties = Copies.of(additionalProperties);
    }
}
