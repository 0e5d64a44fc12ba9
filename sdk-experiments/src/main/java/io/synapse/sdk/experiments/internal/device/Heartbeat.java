package io.synapse.sdk.experiments.internal.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a machine tells of itself every few seconds (wire/experiments.md, section 3).
 *
 * @param host the machine
 * @param fields all that are known to this server and have a value; not to be changed
 * @param gpus its GPUs
 * @param activeJobs the uids of what it runs; null when it does not say
 * @param attempts which attempts these are, by uids, as far as it says; the newest where it runs several
 */
public record Heartbeat(
        String host,
        ObjectNode fields,
        List<Gpu> gpus,
        @Nullable Set<String> activeJobs,
        Map<String, Integer> attempts) {
    private static final int MOST_GPUS = 1_024;
    private static final int MOST_JOBS = 10_000;
    private static final List<String> NUMBERS = List.of(
            "gpu_util",
            "vram_used",
            "vram_total",
            "gpu_temperature",
            "gpu_power_usage",
            "gpu_count",
            "cpu_util",
            "memory_used",
            "memory_total",
            "disk_free");
    private static final List<String> TEXTS = List.of("torch_version", "cuda_version", "worker_id");

    /**
     * Reads one.
     *
     * @throws Failure 400 without a host, 422 when a field has another type
     */
    public static Heartbeat of(ObjectNode body) {
        String host = body.path("host_id").asText(body.path("device_name").asText(""));
        if (host.isEmpty()) {
            throw Failure.badRequest("host_id is required");
        }
        ObjectNode fields = Json.MAPPER.createObjectNode();
        fields.put("host_id", Names.checked("host", host));
        NUMBERS.forEach(name -> copy(body, name, fields, JsonNode::isNumber, "a number"));
        TEXTS.forEach(name -> copy(body, name, fields, JsonNode::isTextual, "a string"));
        copy(body, "gpus", fields, node -> node.isArray() && node.size() <= MOST_GPUS, "a list of GPUs");
        copy(body, "code_version", fields, JsonNode::isObject, "an object");
        copy(body, "active_jobs", fields, node -> node.isArray() && node.size() <= MOST_JOBS, "a list of uids");
        copy(body, "attempts", fields, Heartbeat::isAttempts, "an object of integers");
        copy(body, "can_pause", fields, JsonNode::isBoolean, "a boolean");
        copy(body, "can_validate", fields, JsonNode::isBoolean, "a boolean");
        copy(body, "paused_jobs", fields, node -> node.isArray() && node.size() <= MOST_JOBS, "a list of uids");
        return of(host, fields);
    }

    /** The one with these fields, which an earlier one had. */
    static Heartbeat of(String host, ObjectNode fields) {
        return new Heartbeat(
                host,
                fields,
                gpus(fields.path("gpus")),
                jobs(fields.get("active_jobs")),
                attempts(fields.path("attempts")));
    }

    /** Whether it says that it runs this attempt of a job. A worker that says nothing of attempts means the present one. */
    public boolean isRunning(String uid, int attempt) {
        return activeJobs != null && activeJobs.contains(uid) && attempts.getOrDefault(uid, attempt) == attempt;
    }

    /** Whether the worker can stop jobs for a while. */
    public boolean canPause() {
        return fields.path("can_pause").asBoolean();
    }

    /** Whether the worker can check configs. */
    public boolean canValidate() {
        return fields.path("can_validate").asBoolean();
    }

    /** Whether it is of another worker than this one, as far as both say who they are. */
    boolean isOfAnotherWorker(Heartbeat other) {
        return fields.hasNonNull("worker_id")
                && other.fields.hasNonNull("worker_id")
                && !fields.get("worker_id").equals(other.fields.get("worker_id"));
    }

    /** A number that it reported; 0 when it did not. */
    public double number(String field) {
        return fields.path(field).asDouble();
    }

    private static void copy(
            ObjectNode body, String name, ObjectNode fields, Predicate<JsonNode> isRight, String expected) {
        JsonNode value = Fields.value(body, name, isRight, "type_error", expected);
        if (value != null) {
            fields.set(name, value);
        }
    }

    private static List<Gpu> gpus(JsonNode list) {
        List<Gpu> gpus = new ArrayList<>();
        for (JsonNode gpu : list) {
            gpus.add(new Gpu(
                    gpu.path("id").asInt(gpus.size()),
                    gpu.path("name").asText(""),
                    gpu.path("util").asDouble(),
                    gpu.path("vram_used").asDouble(),
                    gpu.path("vram_total").asDouble()));
        }
        return gpus;
    }

    private static boolean isAttempts(JsonNode value) {
        return value.isObject()
                && value.size() <= MOST_JOBS
                && value.valueStream().allMatch(JsonNode::isInt);
    }

    private static Map<String, Integer> attempts(JsonNode byUid) {
        return byUid.propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().intValue()));
    }

    private static @Nullable Set<String> jobs(@Nullable JsonNode list) {
        if (list == null) {
            return null;
        }
        Set<String> jobs = new LinkedHashSet<>();
        list.forEach(uid -> jobs.add(uid.asText()));
        return jobs;
    }
}
