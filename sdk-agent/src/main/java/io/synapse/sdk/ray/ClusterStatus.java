package io.synapse.sdk.ray;

import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.resources.ResourceAmount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster has, uses and lacks, as its autoscaler last reported it: every few seconds, and not at all in the first
 * ones of a cluster, when everything here is empty. Nodes that are gone linger for a while. Immutable.
 *
 * <p>Resources have Ray's names: CPU, GPU, memory (bytes), object_store_memory (bytes), {@code accelerator_type:…} and a
 * cluster's own. The dashboard writes names in camel case here, which cannot be undone for a name that no node has.
 *
 * @param usage what the cluster has and uses, by resource
 * @param usageByNode the same of each node, by its id
 * @param resourceDemand what tasks and actors wait for
 * @param time when this was reported
 * @param autoscalingStatus the report as text, for people
 * @param autoscalingError what went wrong with the autoscaler
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
    /** Takes it as the server gave it. */
    public ClusterStatus {
        usage = Copies.of(usage);
        usageByNode = Copies.of(usageByNode);
        resourceDemand = Copies.of(resourceDemand);
        additionalProperties = Copies.of(additionalProperties);
    }

    /**
     * What tasks or actors wait for that need the same.
     *
     * @param resources what each of them needs, by resource
     * @param count how many they are
     */
    public record Demand(Map<String, Double> resources, long count) {
        /** Keeps a copy. */
        public Demand {
            resources = Copies.of(resources);
        }
    }
}
