package io.synapse.sdk.embedded.internal.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.ResourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a submission asks for. The fields are those of Ray's {@code POST /api/jobs/} (wire/ray.md, section 1).
 *
 * @param body the submission as it was sent
 */
public record JobRequest(ObjectNode body) {
    private static final Set<String> FIELDS = Set.of(
            "entrypoint",
            "submission_id",
            "job_id",
            "runtime_env",
            "metadata",
            "entrypoint_num_cpus",
            "entrypoint_num_gpus",
            "entrypoint_memory",
            "entrypoint_resources",
            "entrypoint_label_selector");

    /** What of Ray's environments processes of one machine can have. */
    private static final Set<String> LOCAL_ENVIRONMENT = Set.of("env_vars", "pip", "working_dir");

    /**
     * Reads a submission and checks all that is the same wherever it runs.
     *
     * @throws InvalidJobException saying which field is wrong and why
     */
    public static JobRequest parse(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            throw new InvalidJobException("the submission must be a JSON object");
        }
        object.fieldNames().forEachRemaining(name -> require(FIELDS.contains(name), "unknown field " + name));
        JobRequest request = new JobRequest(object);
        require(!request.entrypoint().isBlank(), "entrypoint is missing: what is to be run?");
        require(request.entrypoint().indexOf('\0') < 0, "entrypoint must not contain the character U+0000");
        checkId(request.submissionId());
        JsonNode environment = request.runtimeEnv();
        require(environment == null || environment.isObject(), "runtime_env must be an object");
        request.metadata();
        request.cpus();
        request.gpus();
        request.memory();
        request.resources();
        request.labelSelector();
        return request;
    }

    /**
     * Checks what else must be so if it is to run as processes of this machine.
     *
     * @throws InvalidJobException saying which field is wrong and why
     */
    public void requireThisMachineCanRunIt() {
        if (runtimeEnv() instanceof ObjectNode environment) {
            checkEnvironment(environment);
        }
        pip();
        // What only a cluster can give is refused rather than ignored.
        require(resources().isEmpty(), "entrypoint_resources: this agent is one machine and has none");
        require(labelSelector().isEmpty(), "entrypoint_label_selector: this agent is one machine and has none");
    }

    /** The shell command. */
    public String entrypoint() {
        String command = text(body, "entrypoint");
        return command == null ? "" : command;
    }

    /** The id it is to have, or null for one of the agent's choice. */
    public @Nullable String submissionId() {
        String id = text(body, "submission_id");
        String chosen = id == null || id.isEmpty() ? text(body, "job_id") : id;
        return chosen == null || chosen.isEmpty() ? null : chosen;
    }

    /** Its environment, as it was sent. */
    public @Nullable JsonNode runtimeEnv() {
        return present(body, "runtime_env");
    }

    /** Words of the user's own. */
    public Map<String, String> metadata() {
        return words(body, "metadata");
    }

    /** How many CPUs it needs. */
    public double cpus() {
        return number(body, "entrypoint_num_cpus");
    }

    /** How many GPUs it needs. */
    public double gpus() {
        return number(body, "entrypoint_num_gpus");
    }

    /** How much memory it needs, in bytes. */
    public long memory() {
        return wholeNumber(body, "entrypoint_memory");
    }

    /** What else it needs, by name. */
    public Map<String, Double> resources() {
        JsonNode value = present(body, "entrypoint_resources");
        Map<String, Double> resources = new LinkedHashMap<>();
        if (value != null) {
            require(value.isObject(), "entrypoint_resources must be an object");
            value.fieldNames()
                    .forEachRemaining(
                            name -> resources.put(name, amount("entrypoint_resources." + name, value.get(name))));
        }
        return resources;
    }

    /** The labels that its node must have. */
    public Map<String, String> labelSelector() {
        return words(body, "entrypoint_label_selector");
    }

    /** The variables to add to the process's environment. */
    Map<String, String> environmentVariables() {
        return runtimeEnv() instanceof ObjectNode environment ? words(environment, "env_vars") : Map.of();
    }

    /** The Python packages to install before it begins: a line of a requirements file each. */
    List<String> pip() {
        JsonNode value = runtimeEnv() instanceof ObjectNode environment ? present(environment, "pip") : null;
        List<String> lines = new ArrayList<>();
        if (value != null) {
            require(value.isArray(), "runtime_env.pip: this agent takes a list of requirements only");
            value.forEach(line -> {
                require(
                        line.isTextual() && line.textValue().matches("[^\\r\\n\\x00]+"),
                        "runtime_env.pip: each requirement must be a string of one line");
                lines.add(line.textValue());
            });
        }
        return lines;
    }

    /** The same, to start in this folder. */
    JobRequest in(Path folder) {
        ObjectNode changed = body.deepCopy();
        changed.withObjectProperty("runtime_env").put("working_dir", folder.toString());
        return new JobRequest(changed);
    }

    /** The folder to start in, or null for the agent's own. */
    @Nullable
    Path workingDirectory() {
        String folder = runtimeEnv() instanceof ObjectNode environment ? text(environment, "working_dir") : null;
        return folder == null ? null : Path.of(folder);
    }

    private static void checkId(@Nullable String id) {
        require(
                id == null || ResourceId.isValid(id),
                "submission_id must consist of letters, digits, _ and -, at most 100 of them");
    }

    private static void checkEnvironment(ObjectNode environment) {
        environment
                .fieldNames()
                .forEachRemaining(name -> require(
                        LOCAL_ENVIRONMENT.contains(name),
                        "runtime_env: this agent runs jobs as local processes and knows env_vars, pip and working_dir,"
                                + " not " + name));
        words(environment, "env_vars")
                .forEach((name, value) -> require(
                        name.matches("[A-Za-z_][A-Za-z0-9_]*") && value.indexOf('\0') < 0,
                        "runtime_env.env_vars: not a name or value that a shell can have: " + name));
        String folder = text(environment, "working_dir");
        require(
                folder == null || folder.indexOf('\0') < 0 && Files.isDirectory(Path.of(folder)),
                "runtime_env.working_dir: no such folder on the agent's machine: " + folder);
    }

    private static Map<String, String> words(ObjectNode object, String field) {
        JsonNode value = present(object, field);
        Map<String, String> words = new LinkedHashMap<>();
        if (value != null) {
            require(value.isObject(), field + " must be an object");
            value.properties().forEach(entry -> {
                require(entry.getValue().isTextual(), field + "." + entry.getKey() + " must be a string");
                words.put(entry.getKey(), entry.getValue().textValue());
            });
        }
        return words;
    }

    private static @Nullable String text(ObjectNode object, String field) {
        JsonNode value = present(object, field);
        require(value == null || value.isTextual(), field + " must be a string");
        return value == null ? null : value.textValue();
    }

    private static double number(ObjectNode object, String field) {
        JsonNode value = present(object, field);
        return value == null ? 0 : amount(field, value);
    }

    private static double amount(String field, JsonNode value) {
        require(value.isNumber() && value.doubleValue() >= 0, field + " must be a number from 0 on");
        return value.doubleValue();
    }

    private static long wholeNumber(ObjectNode object, String field) {
        JsonNode value = present(object, field);
        require(
                value == null || value.canConvertToLong() && value.isIntegralNumber() && value.longValue() >= 0,
                field + " must be a whole number from 0 on");
        return value == null ? 0 : value.longValue();
    }

    private static @Nullable JsonNode present(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new InvalidJobException(otherwise);
        }
    }
}
