package io.synapse.sdk.ray.internal;

import io.synapse.sdk.ray.ClusterStatus;
import io.synapse.sdk.ray.ClusterStatus.Demand;
import io.synapse.sdk.resources.ResourceAmount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The autoscaler's last report, as relayed by {@code api/cluster_status} (wire/ray.md, section 2): names of resources
 * are in camel case, except inside lists of lists, where they are unchanged.
 */
final class AutoscalerReport {
    private final Map<?, ?> load;
    private final Map<String, String> names;

    private AutoscalerReport(Map<?, ?> load) {
        this.load = load;
        this.names = CamelCase.originals(resourceNames(load));
    }

    static ClusterStatus read(Map<String, @Nullable Object> answer) {
        Map<?, ?> data = object(answer.get("data"));
        Map<?, ?> status = object(data.get("clusterStatus"));
        AutoscalerReport report = new AutoscalerReport(object(status.get("loadMetricsReport")));
        Map<String, @Nullable Object> rest = new LinkedHashMap<>();
        status.forEach((name, value) -> rest.put(String.valueOf(name), value));
        return new ClusterStatus(
                report.amounts(report.load.get("usage")),
                report.byNode(),
                demands(report.load),
                time(rest.remove("time")),
                text(data.get("autoscalingStatus")),
                text(data.get("autoscalingError")),
                rest);
    }

    private Map<String, Map<String, ResourceAmount>> byNode() {
        Map<String, Map<String, ResourceAmount>> byNode = new LinkedHashMap<>();
        object(load.get("usageByNode")).forEach((id, usage) -> byNode.put(String.valueOf(id), amounts(usage)));
        return byNode;
    }

    /** The used and total amount of each resource. */
    private Map<String, ResourceAmount> amounts(@Nullable Object usage) {
        Map<String, ResourceAmount> amounts = new LinkedHashMap<>();
        object(usage).forEach((name, amount) -> {
            if (amount instanceof List<?> pair
                    && pair.size() == 2
                    && pair.get(0) instanceof Number used
                    && pair.get(1) instanceof Number total) {
                double free = total.doubleValue() - used.doubleValue();
                String camel = String.valueOf(name);
                amounts.put(
                        names.getOrDefault(camel, camel),
                        new ResourceAmount(total.doubleValue(), used.doubleValue(), free, Map.of()));
            }
        });
        return amounts;
    }

    private static List<Demand> demands(Map<?, ?> load) {
        return counted(load.get("resourceDemand"));
    }

    private static List<String> resourceNames(Map<?, ?> load) {
        return counted(load.get("nodeTypes")).stream()
                .flatMap(type -> type.resources().keySet().stream())
                .toList();
    }

    /** Reads a list of pairs of resources and a count. */
    private static List<Demand> counted(@Nullable Object pairs) {
        List<Demand> counted = new ArrayList<>();
        if (pairs instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof List<?> pair && pair.size() == 2 && pair.get(1) instanceof Number count) {
                    counted.add(new Demand(numbers(pair.get(0)), count.longValue()));
                }
            }
        }
        return counted;
    }

    private static Map<String, Double> numbers(@Nullable Object resources) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        object(resources).forEach((name, amount) -> {
            if (amount instanceof Number number) {
                numbers.put(String.valueOf(name), number.doubleValue());
            }
        });
        return numbers;
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    private static @Nullable Instant time(@Nullable Object seconds) {
        return seconds instanceof Number number
                ? Instant.EPOCH.plus(Duration.ofMillis(Math.round(number.doubleValue() * 1000)))
                : null;
    }
}
