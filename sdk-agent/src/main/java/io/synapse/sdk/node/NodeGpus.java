package io.synapse.sdk.node;

import io.synapse.sdk.dialect.internal.Copies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of one node. Immutable.
 *
 * @param nodeId its id
 * @param hostName its host name
 * @param ip its address
 * @param gpus its GPUs; empty if it has none
 * @param additionalProperties fields unknown to this version
 */
public record NodeGpus(
        @Nullable String nodeId,
        @Nullable String hostName,
        @Nullable String ip,
        List<Gpu> gpus,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public NodeGpus {
        gpus = Copies.of(gpus);
        additionalProperties = Copies.of(additionalProperties);
    }
}
