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
 * A job to run. Immutable: each setter returns a modified copy, and throws a {@link BadRequestException} when a value
 * is out of its range.
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
     * @param entrypoint the command, as shell text
     * @throws BadRequestException when it is blank
     */
    public static JobSubmission of(String entrypoint) {
        return new JobSubmission(Attributes.NONE.with(ENTRYPOINT, entrypoint));
    }

    /** The command. */
    public String entrypoint() {
        return attributes.get(ENTRYPOINT);
    }

    /** The submission id; null for a generated one. */
    public @Nullable String submissionId() {
        return attributes.get(SUBMISSION_ID);
    }

    /**
     * Sets the submission id. Submitting it again is a conflict while that job exists. An agent accepts letters,
     * digits, _ and -, at most 100 characters. For Ray it has at most 240 bytes of UTF-8, none of {@code / \ ? # % { }}
     * and no control characters, and is not eight hexadecimal digits, which is the form of the ids that Ray assigns.
     */
    public JobSubmission submissionId(@Nullable String id) {
        return new JobSubmission(attributes.with(SUBMISSION_ID, id));
    }

    /** The runtime environment of the job; empty by default. */
    public Map<String, @Nullable Object> runtimeEnv() {
        return attributes.get(RUNTIME_ENV);
    }

    /**
     * Sets the complete runtime environment, by
     * <a href="https://docs.ray.io/en/latest/ray-core/handling-dependencies.html#api-reference">Ray's names</a>:
     * {@code env_vars}, {@code working_dir}, {@code pip} and others.
     *
     * @throws BadRequestException when it cannot be written as JSON: NaN, for instance
     */
    public JobSubmission runtimeEnv(Map<String, @Nullable Object> environment) {
        Json.write(environment); // fails here, not after a working directory was uploaded
        return new JobSubmission(attributes.with(RUNTIME_ENV, environment));
    }

    /** Adds an environment variable. {@link #toString()} masks its value. */
    public JobSubmission environmentVariable(String name, String value) {
        Map<String, @Nullable Object> variables = Copies.object(runtimeEnv().get(ENV_VARS));
        return runtimeEnv(Copies.with(runtimeEnv(), ENV_VARS, Copies.with(variables, name, value)));
    }

    /**
     * Sets the working directory, a folder of the machine that runs the job. Ray accepts only the URI of an archive
     * here ({@code gcs://…}, {@code https://…}) and fails the job otherwise; {@link #workingDirectory(Path)} is for
     * folders.
     */
    public JobSubmission workingDir(String folder) {
        return runtimeEnv(Copies.with(runtimeEnv(), WORKING_DIR, folder));
    }

    /** The local folder that is uploaded as the working directory; null for none. */
    public @Nullable WorkingDirectory workingDirectory() {
        return attributes.get(WORKING_DIRECTORY);
    }

    /** Uploads a local folder: {@link #workingDirectory(WorkingDirectory)} with {@link WorkingDirectory#of}. */
    public JobSubmission workingDirectory(Path folder) {
        return workingDirectory(WorkingDirectory.of(folder));
    }

    /**
     * Uploads a local folder as the working directory; null for none. Ray clusters only.
     *
     * @throws BadRequestException when the environment has a {@code working_dir}
     */
    public JobSubmission workingDirectory(@Nullable WorkingDirectory folder) {
        return new JobSubmission(attributes.with(WORKING_DIRECTORY, folder));
    }

    /** Text of the caller that the server stores with the job; empty by default. */
    public Map<String, String> metadata() {
        return attributes.get(METADATA);
    }

    /** Sets all of the metadata. */
    public JobSubmission metadata(Map<String, String> metadata) {
        return new JobSubmission(attributes.with(METADATA, metadata));
    }

    /** The CPUs reserved for the command itself; null for the server's default. */
    public @Nullable Double entrypointNumCpus() {
        return attributes.get(NUM_CPUS);
    }

    /** Sets the CPUs reserved for the command itself; not negative. */
    public JobSubmission entrypointNumCpus(double cpus) {
        return new JobSubmission(attributes.with(NUM_CPUS, cpus));
    }

    /** The GPUs reserved for the command itself; null for none. */
    public @Nullable Double entrypointNumGpus() {
        return attributes.get(NUM_GPUS);
    }

    /** Sets the GPUs reserved for the command itself; not negative. */
    public JobSubmission entrypointNumGpus(double gpus) {
        return new JobSubmission(attributes.with(NUM_GPUS, gpus));
    }

    /** The memory reserved for the command itself, in bytes; null for the server's default. */
    public @Nullable Long entrypointMemory() {
        return attributes.get(MEMORY);
    }

    /** Sets the memory reserved for the command itself, in bytes; not negative. */
    public JobSubmission entrypointMemory(long bytes) {
        return new JobSubmission(attributes.with(MEMORY, bytes));
    }

    /** The custom resources reserved for the command itself, by name; empty by default. */
    public Map<String, Double> entrypointResources() {
        return attributes.get(RESOURCES);
    }

    /** Sets the custom resources reserved for the command itself; none negative. */
    public JobSubmission entrypointResources(Map<String, Double> resources) {
        return new JobSubmission(attributes.with(RESOURCES, resources));
    }

    /** The label selector of the node that runs the command; empty by default. */
    public Map<String, String> entrypointLabelSelector() {
        return attributes.get(LABELS);
    }

    /** Sets the label selector of the node that runs the command. */
    public JobSubmission entrypointLabelSelector(Map<String, String> labels) {
        return new JobSubmission(attributes.with(LABELS, labels));
    }

    /** The request body: the properties that were set, by the server's field names, without a folder to upload. */
    public Map<String, @Nullable Object> properties() {
        return attributes.without(WORKING_DIRECTORY).asMap();
    }

    private static void requireNotNegative(String what, @Nullable Number amount) {
        if (amount != null && !(amount.doubleValue() >= 0 && Double.isFinite(amount.doubleValue()))) {
            throw BadRequestException.refused("a job cannot need " + amount + " " + what);
        }
    }
}
