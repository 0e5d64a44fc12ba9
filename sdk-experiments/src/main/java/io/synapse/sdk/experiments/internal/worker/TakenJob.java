package io.synapse.sdk.experiments.internal.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.file.ContentHash;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job as a worker has taken it. Immutable.
 *
 * @param uid the job
 * @param attempt which attempt it is
 * @param project its project
 * @param gpus the numbers of the GPUs it is to use, joined by commas; null when the server names none
 * @param environment variables of its submission
 */
record TakenJob(
        String uid, int attempt, String project, @Nullable String gpus, Map<String, String> environment) {
    private static final int MAX_ID = 100;

    TakenJob {
        environment = Map.copyOf(environment);
    }

    /**
     * What a server gave.
     *
     * @throws io.synapse.sdk.experiments.internal.Failure when its names are none: they become names of folders
     */
    static TakenJob of(AssignedJob job) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (job.additionalProperties().get("environment_vars") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        }
        String device = Objects.requireNonNullElse(job.assignedDevice(), "");
        return new TakenJob(
                Names.checkedUid(job.experimentUid()),
                Objects.requireNonNullElse(job.attempt(), 1),
                Names.checked("project", Objects.requireNonNullElse(job.project(), "default")),
                device.contains(":") ? device.substring(device.indexOf(':') + 1) : null,
                environment);
    }

    /** The id under which it runs. An attempt has one id for ever, so that it never runs twice. */
    String submissionId() {
        String id = uid + "-" + attempt;
        return id.length() <= MAX_ID
                ? id
                : ContentHash.of(uid.getBytes(StandardCharsets.UTF_8)) + "-" + attempt; // an agent takes no longer one
    }

    /** In JSON. */
    String text() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("uid", uid);
        fields.put("attempt", attempt);
        fields.put("project", project);
        fields.put("gpus", gpus);
        fields.put("environment", environment);
        return Json.text(fields);
    }

    /** Reads what {@link #text} wrote. */
    static TakenJob parse(String text) {
        JsonNode fields = Json.tree(text);
        Map<String, String> environment = new LinkedHashMap<>();
        fields.path("environment")
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
        return new TakenJob(
                fields.path("uid").asText(),
                fields.path("attempt").asInt(),
                fields.path("project").asText(),
                fields.hasNonNull("gpus") ? fields.path("gpus").asText() : null,
                environment);
    }
}
