package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.resources.ResourceAmount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of a cluster, their use and the unmet demand, as last reported by its autoscaler. It reports every few
 * seconds; everything is empty before the first report of a new cluster. Dead nodes remain in the report for a while.
 * Immutable.
 *
 * <p>Resources have Ray's names: CPU, GPU, memory (bytes), object_store_memory (bytes), {@code accelerator_type:…} and
 * custom names. The dashboard sends names in camel case here; the original name cannot be restored if no node has that
 * resource.
 *
 * @param usage total and used amounts of the cluster, by resource
 * @param usageByNode total and used amounts of each node, by node id
 * @param resourceDemand the resources that tasks and actors wait for
 * @param time the time of the report
 * @param autoscalingStatus the report as readable text
 * @param autoscalingError the error of the autoscaler
 * @param additionalProperties the rest of the report, with names in camel case
 */
public record ClusterStatus(
        Map<String, ResourceAmount> usage,
        Map<String, Map<String, ResourceAmount>> usageByNode,
        List<Demand> resourceDemand,
        @Nullable Instant time,
        @Nullable String autoscalingStatus,
        @Nullable String autoscalingError,
        Map<String, @Nullable Object> additionalProperties) {
    /** Replaces absent maps and lists by empty ones and copies the others. */
    public ClusterStatus {
        usage = Copies.of(usage);
        usageByNode = Copies.of(usageByNode);
        resourceDemand = Copies.of(resourceDemand);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * Tasks or actors that wait for the same resources.
     *
     * @param resources the required resources of each, by name
     * @param count their number
     */
    public record Demand(Map<String, Double> resources, long count) {
        /** Copies the resources. */
        public Demand {
            resources = Copies.of(resources);
        }
    }
}
