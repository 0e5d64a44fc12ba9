package io.synapse.sdk.job;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.dialect.internal.Ids;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run as a job. Immutable: each method gives a changed copy.
 *
 * <pre>{@code
 * JobSubmission.of("python train.py --epochs 8")
 *         .environmentVariable("WANDB_MODE", "offline")
 *         .entrypointNumGpus(1)
 * }</pre>
 *
 * @param entrypoint the command, as a shell understands it; not blank
 * @param submissionId the id that the job is to have; null for a new one. An agent takes letters, digits, _ and -, 100 at
 *     most; Ray takes anything but a slash
 * @param runtimeEnv the environment it needs, in Ray's words ({@code env_vars}, {@code working_dir}, {@code pip} …)
 * @param metadata words of your own, kept with the job
 * @param entrypointNumCpus CPUs that the command itself needs; null for none in particular; not negative
 * @param entrypointNumGpus GPUs that the command itself needs; null for none; not negative
 * @param entrypointMemory bytes of memory that the command itself needs; null for none in particular; not negative
 * @param entrypointResources custom resources that the command itself needs, by name
 * @param entrypointLabelSelector labels of the node that the command is to run on
 * @param workingDirectory a folder of this machine that is uploaded, for the command to run in; null for none. Ray
 *     clusters only
 */
public record JobSubmission(
        String entrypoint,
        @Nullable String submissionId,
        Map<String, @Nullable Object> runtimeEnv,
        Map<String, String> metadata,
        @Nullable Double entrypointNumCpus,
        @Nullable Double entrypointNumGpus,
        @Nullable Long entrypointMemory,
        Map<String, Double> entrypointResources,
        Map<String, String> entrypointLabelSelector,
        @Nullable WorkingDirectory workingDirectory) {
    private static final String ENV_VARS = "env_vars";
    private static final String WORKING_DIR = "working_dir";

    /**
     * Checks all of it.
     *
     * @throws BadRequestException when something is out of its range
     */
    public JobSubmission {
        if (entrypoint.isBlank()) {
            throw BadRequestException.refused("the entrypoint of a job cannot be blank: what is to be run?");
        }
        if (submissionId != null) {
            Ids.checkSegment("job", submissionId);
        }
        requireNotNegative("CPUs", entrypointNumCpus);
        requireNotNegative("GPUs", entrypointNumGpus);
        requireNotNegative("bytes of memory", entrypointMemory);
        entrypointResources.forEach(JobSubmission::requireNotNegative);
        if (workingDirectory != null && runtimeEnv.containsKey(WORKING_DIR)) {
            throw BadRequestException.refused("a job can have one working directory: either one to upload, or one that"
                    + " is there already (working_dir)");
        }
        runtimeEnv = Copies.of(runtimeEnv);
        metadata = Copies.of(metadata);
        entrypointResources = Copies.of(entrypointResources);
        entrypointLabelSelector = Copies.of(entrypointLabelSelector);
    }

    /**
     * A submission of this command and nothing else.
     *
     * @throws BadRequestException when it is blank
     */
    public static JobSubmission of(String entrypoint) {
        return new JobSubmission(entrypoint, null, Map.of(), Map.of(), null, null, null, Map.of(), Map.of(), null);
    }

    /** The same under an id of your own. Submitting it again is a conflict while that job exists. */
    public JobSubmission submissionId(String id) {
        return new JobSubmission(
                entrypoint,
                id,
                runtimeEnv,
                metadata,
                entrypointNumCpus,
                entrypointNumGpus,
                entrypointMemory,
                entrypointResources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same in this environment, in Ray's words. */
    public JobSubmission runtimeEnv(Map<String, @Nullable Object> environment) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                environment,
                metadata,
                entrypointNumCpus,
                entrypointNumGpus,
                entrypointMemory,
                entrypointResources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same with one more environment variable. */
    public JobSubmission environmentVariable(String name, String value) {
        Map<String, Object> variables = new LinkedHashMap<>();
        if (runtimeEnv.get(ENV_VARS) instanceof Map<?, ?> before) {
            before.forEach((known, its) -> variables.put(String.valueOf(known), String.valueOf(its)));
        }
        variables.put(name, value);
        return runtimeEnv(Copies.with(runtimeEnv, ENV_VARS, variables));
    }

    /**
     * The same in this folder of the machine that runs it. A job on Ray fails with a folder here, as Ray takes only the
     * URI of an archive ({@code gcs://…}, {@code https://…}); {@link #workingDirectory(Path)} is for folders.
     */
    public JobSubmission workingDir(String folder) {
        return runtimeEnv(Copies.with(runtimeEnv, WORKING_DIR, folder));
    }

    /**
     * The same in this folder of this machine, which is uploaded: {@link WorkingDirectory#of}.
     *
     * @throws BadRequestException when it is no folder, or the environment has a {@code working_dir}
     */
    public JobSubmission workingDirectory(Path folder) {
        return workingDirectory(WorkingDirectory.of(folder));
    }

    /**
     * The same in this folder of this machine, which is uploaded; null for none.
     *
     * @throws BadRequestException when the environment has a {@code working_dir}
     */
    public JobSubmission workingDirectory(@Nullable WorkingDirectory folder) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                metadata,
                entrypointNumCpus,
                entrypointNumGpus,
                entrypointMemory,
                entrypointResources,
                entrypointLabelSelector,
                folder);
    }

    /** The same with these words of your own. */
    public JobSubmission metadata(Map<String, String> words) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                words,
                entrypointNumCpus,
                entrypointNumGpus,
                entrypointMemory,
                entrypointResources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same with so many CPUs for the command itself. */
    public JobSubmission entrypointNumCpus(double cpus) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                metadata,
                cpus,
                entrypointNumGpus,
                entrypointMemory,
                entrypointResources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same with so many GPUs for the command itself. */
    public JobSubmission entrypointNumGpus(double gpus) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                metadata,
                entrypointNumCpus,
                gpus,
                entrypointMemory,
                entrypointResources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same with so many bytes of memory for the command itself. */
    public JobSubmission entrypointMemory(long bytes) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                metadata,
                entrypointNumCpus,
                entrypointNumGpus,
                bytes,
                entrypointResources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same with these custom resources for the command itself. */
    public JobSubmission entrypointResources(Map<String, Double> resources) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                metadata,
                entrypointNumCpus,
                entrypointNumGpus,
                entrypointMemory,
                resources,
                entrypointLabelSelector,
                workingDirectory);
    }

    /** The same on a node with these labels. */
    public JobSubmission entrypointLabelSelector(Map<String, String> labels) {
        return new JobSubmission(
                entrypoint,
                submissionId,
                runtimeEnv,
                metadata,
                entrypointNumCpus,
                entrypointNumGpus,
                entrypointMemory,
                entrypointResources,
                labels,
                workingDirectory);
    }

    private static void requireNotNegative(String what, @Nullable Number amount) {
        if (amount != null && !(amount.doubleValue() >= 0 && Double.isFinite(amount.doubleValue()))) {
            throw BadRequestException.refused("a job cannot need " + amount + " " + what);
        }
    }
}
