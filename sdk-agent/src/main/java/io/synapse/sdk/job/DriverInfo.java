package io.synapse.sdk.job;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process that runs a job. Immutable.
 *
 * @param id its id
 * @param nodeIpAddress the address of its node
 * @param pid its process id on that node, as text
 * @param additionalProperties fields unknown to this version
 */
public record DriverInfo(
        @Nullable String id,
        @Nullable String nodeIpAddress,
        @Nullable String pid,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public DriverInfo {
        additionalProperties = Copies.of(additionalProperties);
    }
}
