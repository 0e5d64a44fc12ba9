package io.synapse.sdk.job;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.internal.json.Json;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job to run. Immutable: each method that changes something returns a changed copy, and throws a
 * {@link BadRequestException} when a value is out of its range.
 *
 * <pre>{@code
 * JobSubmission.of("python train.py --epochs 8")
 *         .environmentVariable("WANDB_MODE", "offline")
 *         .entrypointNumGpus(1)
 * }</pre>
 */
public final class JobSubmission extends ValueObject {
    private static final Key<String> ENTRYPOINT = new Key<>("entrypoint", "");
    private static final Key<@Nullable String> SUBMISSION_ID = Key.of("submission_id");
    private static final Key<Map<String, @Nullable Object>> RUNTIME_ENV = new Key<>("runtime_env", Map.of());
    private static final Key<Map<String, String>> METADATA = new Key<>("metadata", Map.of());
    private static final Key<@Nullable Double> NUM_CPUS = Key.of("entrypoint_num_cpus");
    private static final Key<@Nullable Double> NUM_GPUS = Key.of("entrypoint_num_gpus");
    private static final Key<@Nullable Long> MEMORY = Key.of("entrypoint_memory");
    private static final Key<Map<String, Double>> RESOURCES = new Key<>("entrypoint_resources", Map.of());
    private static final Key<Map<String, String>> LABELS = new Key<>("entrypoint_label_selector", Map.of());
    private static final Key<@Nullable WorkingDirectory> WORKING_DIRECTORY = Key.of("workingDirectory");
    private static final String ENV_VARS = "env_vars";
    private static final String WORKING_DIR = "working_dir";

    private JobSubmission(Attributes attributes) {
        super(attributes);
        if (entrypoint().isBlank()) {
            throw BadRequestException.refused("the entrypoint of a job cannot be blank: what is to be run?");
        }
        if (submissionId() != null) {
            Ids.checkSegment("job ID", submissionId());
        }
        requireNotNegative("CPUs", entrypointNumCpus());
        requireNotNegative("GPUs", entrypointNumGpus());
        requireNotNegative("bytes of memory", entrypointMemory());
        entrypointResources().forEach(JobSubmission::requireNotNegative);
        if (workingDirectory() != null && runtimeEnv().containsKey(WORKING_DIR)) {
            throw BadRequestException.refused("a job can have one working directory: either one to upload, or one that"
                    + " is there already (working_dir)");
        }
    }

    /**
     * A submission of a command.
     *
     * @param entrypoint the command, as a shell understands it
     * @throws BadRequestException when it is blank
     */
    public static JobSubmission of(String entrypoint) {
        return new JobSubmission(Attributes.NONE.with(ENTRYPOINT, entrypoint));
    }

    /** The command. */
    public String entrypoint() {
        return attributes.get(ENTRYPOINT);
    }

    /** The id that the job is to have; null for a new one. */
    public @Nullable String submissionId() {
        return attributes.get(SUBMISSION_ID);
    }

    /**
     * Sets the id. Submitting it again is a conflict while that job exists. An agent takes letters, digits, _ and -, 100
     * characters at most. For Ray, it has 240 bytes of UTF-8 at most, none of {@code / \ ? # % { }} and no control
     * characters, and is not eight hexadecimal digits, as the ids are that Ray itself gives.
     */
    public JobSubmission submissionId(@Nullable String id) {
        return new JobSubmission(attributes.with(SUBMISSION_ID, id));
    }

    /** The environment that the job needs; empty by default. */
    public Map<String, @Nullable Object> runtimeEnv() {
        return attributes.get(RUNTIME_ENV);
    }

    /**
     * Sets the whole environment, by <a
     * href="https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference">Ray's names</a>:
     * {@code env_vars}, {@code working_dir}, {@code pip} and others.
     *
     * @throws BadRequestException when it cannot be JSON: NaN is none, for instance
     */
    public JobSubmission runtimeEnv(Map<String, @Nullable Object> environment) {
        Json.write(environment); // refused here, not when a working directory was uploaded already
        return new JobSubmission(attributes.with(RUNTIME_ENV, environment));
    }

    /** Adds an environment variable. {@link #toString()} masks its value. */
    public JobSubmission environmentVariable(String name, String value) {
        Map<String, @Nullable Object> variables = Copies.object(runtimeEnv().get(ENV_VARS));
        return runtimeEnv(Copies.with(runtimeEnv(), ENV_VARS, Copies.with(variables, name, value)));
    }

    /**
     * Runs the job in a folder of the machine that it runs on. A job on Ray fails with a folder here, as Ray takes only
     * the URI of an archive ({@code gcs://…}, {@code https://…}); {@link #workingDirectory(Path)} is for folders.
     */
    public JobSubmission workingDir(String folder) {
        return runtimeEnv(Copies.with(runtimeEnv(), WORKING_DIR, folder));
    }

    /** The folder of this machine that is uploaded for the command to run in; null for none. */
    public @Nullable WorkingDirectory workingDirectory() {
        return attributes.get(WORKING_DIRECTORY);
    }

    /** Uploads a folder of this machine: {@link #workingDirectory(WorkingDirectory)} of {@link WorkingDirectory#of}. */
    public JobSubmission workingDirectory(Path folder) {
        return workingDirectory(WorkingDirectory.of(folder));
    }

    /**
     * Uploads a folder of this machine for the command to run in; null for none. Ray clusters only.
     *
     * @throws BadRequestException when the environment has a {@code working_dir}
     */
    public JobSubmission workingDirectory(@Nullable WorkingDirectory folder) {
        return new JobSubmission(attributes.with(WORKING_DIRECTORY, folder));
    }

    /** Text of your own that is kept with the job; empty by default. */
    public Map<String, String> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets all of the metadata. */
    public JobSubmission metadata(Map<String, String> metadata) {
        return new JobSubmission(attributes.with(METADATA, metadata));
    }

    /** The CPUs that the command itself needs; null for the server's default. */
    public @Nullable Double entrypointNumCpus() {
        return attributes.get(NUM_CPUS);
    }

    /** Sets how many CPUs the command itself needs; not negative. */
    public JobSubmission entrypointNumCpus(double cpus) {
        return new JobSubmission(attributes.with(NUM_CPUS, cpus));
    }

    /** The GPUs that the command itself needs; null for none. */
    public @Nullable Double entrypointNumGpus() {
        return attributes.get(NUM_GPUS);
    }

    /** Sets how many GPUs the command itself needs; not negative. */
    public JobSubmission entrypointNumGpus(double gpus) {
        return new JobSubmission(attributes.with(NUM_GPUS, gpus));
    }

    /** The bytes of memory that the command itself needs; null for the server's default. */
    public @Nullable Long entrypointMemory() {
        return attributes.get(MEMORY);
    }

    /** Sets how many bytes of memory the command itself needs; not negative. */
    public JobSubmission entrypointMemory(long bytes) {
        return new JobSubmission(attributes.with(MEMORY, bytes));
    }

    /** The custom resources that the command itself needs, by name; empty by default. */
    public Map<String, Double> entrypointResources() {
        return attributes.get(RESOURCES);
    }

    /** Sets the custom resources that the command itself needs; none negative. */
    public JobSubmission entrypointResources(Map<String, Double> resources) {
        return new JobSubmission(attributes.with(RESOURCES, resources));
    }

    /** The labels of the node that the command is to run on; empty by default. */
    public Map<String, String> entrypointLabelSelector() {
        return attributes.get(LABELS);
    }

    /** Sets the labels of the node that the command is to run on. */
    public JobSubmission entrypointLabelSelector(Map<String, String> labels) {
        return new JobSubmission(attributes.with(LABELS, labels));
    }

    /** What was set, by the server's field names: the request as it is sent, without a folder to upload. */
    public Map<String, @Nullable Object> properties() {
        return attributes.without(WORKING_DIRECTORY).asMap();
    }

    private static void requireNotNegative(String what, @Nullable Number amount) {
        if (amount != null && !(amount.doubleValue() >= 0 && Double.isFinite(amount.doubleValue()))) {
            throw BadRequestException.refused("a job cannot need " + amount + " " + what);
        }
    }
}
