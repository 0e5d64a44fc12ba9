package io.synapse.sdk.ray.internal;

import io.synapse.sdk.Failure;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.json.UnreadableJsonException;
import io.synapse.sdk.node.GpuStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The nodes' reports about their hardware, as relayed by {@code nodes?view=summary} (wire/ray.md, section 2). */
final class NodeReports {
    private NodeReports() {}

    static GpuStatus gpus(Map<String, @Nullable Object> answer) {
        if (!(answer.get("data") instanceof Map<?, ?> data) || !(data.get("summary") instanceof List<?> reports)) {
            throw new UnexpectedResponseException(
                    Failure.of(200, "nodes?view=summary was answered, but it holds no summary"));
        }
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
        for (Object report : reports) {
            if (report instanceof Map<?, ?> node) {
                nodes.add(node(node));
            }
        }
        try {
            return Json.convert(Map.of("nodes", nodes), GpuStatus.class);
        } catch (UnreadableJsonException e) {
            throw new IllegalStateException(e); // any object is readable
        }
    }

    /** Converts one node to the format of an agent. */
    private static Map<String, @Nullable Object> node(Map<?, ?> report) {
        List<Map<String, @Nullable Object>> gpus = new ArrayList<>();
        if (report.get("gpus") instanceof List<?> list) {
            for (Object gpu : list) {
                if (gpu instanceof Map<?, ?> fields) {
                    gpus.add(gpu(fields));
                }
            }
        }
        Map<String, @Nullable Object> node = new LinkedHashMap<>();
        node.put("node_id", report.get("raylet") instanceof Map<?, ?> raylet ? raylet.get("nodeId") : null);
        node.put("host_name", report.get("hostname"));
        node.put("ip", report.get("ip"));
        node.put("gpus", gpus);
        return node;
    }

    private static Map<String, @Nullable Object> gpu(Map<?, ?> report) {
        Map<String, @Nullable Object> gpu = new LinkedHashMap<>();
        report.forEach((name, value) -> gpu.put(CamelCase.toSnakeCase(String.valueOf(name)), value));
        if (gpu.get("memory_used") instanceof Number used
                && gpu.get("memory_total") instanceof Number total
                && total.doubleValue() > 0) {
            gpu.put("memory_used_ratio", used.doubleValue() / total.doubleValue());
        }
        return gpu;
    }
}
