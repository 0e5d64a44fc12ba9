package io.synapse.sdk.embedded.internal.backend;

import static io.synapse.sdk.embedded.internal.backend.Fields.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.synapse.sdk.embedded.internal.ResourceId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
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

    /** Of a submission in JSON: the agent keeps each, and lists all. */
    private static final int MAX_LENGTH = 1 << 20;

    /** Of one argument, and of one variable with its name, in bytes: execve(2). */
    private static final int MAX_ARGUMENT = (128 << 10) - 1;

    /** What of Ray's environments processes of one machine can have. */
    private static final Set<String> LOCAL_ENVIRONMENT = Set.of("env_vars", "pip", "working_dir");

    /**
     * Reads a submission and checks all that is the same wherever it runs.
     *
     * @throws RefusedException with 400 saying which field is wrong and why
     */
    public static JobRequest parse(JsonNode body) {
        Fields fields = Fields.of(body, "the submission");
        fields.requireOnly(FIELDS);
        JobRequest request = new JobRequest(fields.object());
        require(!request.entrypoint().isBlank(), "entrypoint is missing: what is to be run?");
        require(request.entrypoint().indexOf('\0') < 0, "entrypoint must not contain the character U+0000");
        require(body.toString().length() <= MAX_LENGTH, "a submission may have " + MAX_LENGTH + " characters in JSON");
        checkId(request.submissionId());
        request.environment();
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
     * @throws RefusedException with 400 saying which field is wrong and why
     */
    public void requireThisMachineCanRunIt() {
        Fields environment = environment();
        if (environment != null) {
            checkEnvironment(environment);
        }
        pip();
        require(fitsArgument(entrypoint()), "entrypoint is longer than " + MAX_ARGUMENT + " bytes, which Linux allows");
        // What only a cluster can give is refused rather than ignored.
        require(resources().isEmpty(), "entrypoint_resources: this agent is one machine and has none");
        require(labelSelector().isEmpty(), "entrypoint_label_selector: this agent is one machine and has none");
    }

    /** The shell command. */
    public String entrypoint() {
        String command = fields().text("entrypoint");
        return command == null ? "" : command;
    }

    /** The id it is to have, or null for one of the agent's choice. */
    public @Nullable String submissionId() {
        String id = fields().text("submission_id");
        String chosen = id == null || id.isEmpty() ? fields().text("job_id") : id;
        return chosen == null || chosen.isEmpty() ? null : chosen;
    }

    /** Its environment, as it was sent. */
    public @Nullable JsonNode runtimeEnv() {
        return fields().value("runtime_env");
    }

    /** Words of the user's own. */
    public Map<String, String> metadata() {
        return fields().texts("metadata");
    }

    /** How many CPUs it needs. */
    public double cpus() {
        return fields().number("entrypoint_num_cpus");
    }

    /** How many GPUs it needs. */
    public double gpus() {
        return fields().number("entrypoint_num_gpus");
    }

    /** How much memory it needs, in bytes. */
    public long memory() {
        return fields().wholeNumber("entrypoint_memory");
    }

    /** What else it needs, by name. */
    public Map<String, Double> resources() {
        return fields().numbers("entrypoint_resources");
    }

    /** The labels that its node must have. */
    public Map<String, String> labelSelector() {
        return fields().texts("entrypoint_label_selector");
    }

    /** The variables to add to the process's environment. */
    public Map<String, String> environmentVariables() {
        Fields environment = environment();
        return environment == null ? Map.of() : environment.texts("env_vars");
    }

    /** The Python packages to install before it begins: a line of a requirements file each. */
    public List<String> pip() {
        Fields environment = environment();
        List<String> lines = environment == null ? List.of() : environment.list("pip");
        lines.forEach(line -> require(
                line.matches("[^\\r\\n\\x00]+"), "runtime_env.pip: each requirement must be a string of one line"));
        return lines;
    }

    /** The same, to start in this folder. */
    public JobRequest in(Path folder) {
        ObjectNode changed = body.deepCopy();
        changed.withObjectProperty("runtime_env").put("working_dir", folder.toString());
        return new JobRequest(changed);
    }

    /** The folder to start in, or null for the agent's own. */
    public @Nullable Path workingDirectory() {
        Fields environment = environment();
        String folder = environment == null ? null : environment.text("working_dir");
        return folder == null ? null : path(folder);
    }

    /** Whether its process could start there. */
    public boolean canEnterWorkingDirectory() {
        Path folder = workingDirectory();
        return folder == null || Files.isDirectory(folder) && Files.isExecutable(folder);
    }

    /** Under a POSIX locale, Java can name no file with a letter beyond ASCII. */
    private static Path path(String folder) {
        try {
            return Path.of(folder);
        } catch (InvalidPathException e) {
            throw new RefusedException(
                    400, "runtime_env.working_dir cannot be the name of a folder here: " + e.getReason());
        }
    }

    private Fields fields() {
        return new Fields(body, "");
    }

    private @Nullable Fields environment() {
        return fields().object("runtime_env");
    }

    private static void checkId(@Nullable String id) {
        require(
                id == null || ResourceId.isValid(id),
                "submission_id must consist of letters, digits, _ and -, at most 100 of them");
    }

    private static boolean fitsArgument(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= MAX_ARGUMENT;
    }

    private static void checkEnvironment(Fields environment) {
        environment
                .object()
                .fieldNames()
                .forEachRemaining(name -> require(
                        LOCAL_ENVIRONMENT.contains(name),
                        "runtime_env: this agent runs jobs as local processes and knows env_vars, pip and working_dir,"
                                + " not " + name));
        environment
                .texts("env_vars")
                .forEach((name, value) -> require(
                        name.matches("[A-Za-z_][A-Za-z0-9_]*") && value.indexOf('\0') < 0,
                        "runtime_env.env_vars: not a name or value that a shell can have: " + name));
        environment
                .texts("env_vars")
                .forEach((name, value) -> require(
                        fitsArgument(name + "=" + value),
                        "runtime_env.env_vars." + name + " is longer than " + MAX_ARGUMENT
                                + " bytes, which Linux allows"));
        String folder = environment.text("working_dir");
        require(
                folder == null || Files.isDirectory(path(folder)),
                "runtime_env.working_dir: no such folder on the agent's machine: " + folder);
    }
}
