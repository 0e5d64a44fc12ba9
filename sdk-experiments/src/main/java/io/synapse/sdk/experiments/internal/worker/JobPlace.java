package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.embedded.internal.ShellWord;
import io.synapse.sdk.embedded.internal.job.LocalJob;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the jobs of a worker run: as processes of this machine, or at an agent or on a Ray cluster. Either way through the same
 * operations, by an id that one attempt has for ever, so that it is started once whatever becomes of the worker.
 * Thread-safe.
 */
public final class JobPlace {
    private final JobOperations jobs;
    private final CommandLineTemplate command;
    private final UnaryOperator<JobSubmission> settings;
    private final @Nullable Path agentDirectory;
    private final @Nullable Path code;

    private JobPlace(
            JobOperations jobs,
            CommandLineTemplate command,
            UnaryOperator<JobSubmission> settings,
            @Nullable Path agentDirectory,
            @Nullable Path code) {
        this.jobs = jobs;
        this.command = command;
        this.settings = settings;
        this.agentDirectory = agentDirectory;
        this.code = code;
    }

    /**
     * This machine.
     *
     * @param jobs those of an agent here
     * @param agentDirectory its data directory
     * @param code the folder whose content each job finds where it starts; null for none
     */
    public static JobPlace here(
            JobOperations jobs,
            CommandLineTemplate command,
            UnaryOperator<JobSubmission> settings,
            Path agentDirectory,
            @Nullable Path code) {
        return new JobPlace(jobs, command, settings, agentDirectory, code);
    }

    /** An agent or a cluster, which share no disk with this machine. */
    public static JobPlace elsewhere(
            JobOperations jobs, CommandLineTemplate command, UnaryOperator<JobSubmission> settings) {
        return new JobPlace(jobs, command, settings, null, null);
    }

    /** The same place, where jobs run another command. */
    public JobPlace with(CommandLineTemplate other) {
        return new JobPlace(jobs, other, settings, agentDirectory, code);
    }

    /** Starts a job, whose config is in its folder. */
    void submit(TakenJob job, JobFolder folder) throws IOException {
        boolean isHere = agentDirectory != null;
        JobSubmission submission = settings.apply(
                        JobSubmission.of(isHere ? "exec " + command.shellText() : withConfig(folder)))
                .submissionId(job.submissionId());
        for (var variable : job.environment().entrySet()) {
            submission = submission.environmentVariable(variable.getKey(), variable.getValue());
        }
        submission = submission
                .environmentVariable(CommandLineTemplate.UID, job.uid())
                .environmentVariable(CommandLineTemplate.PROJECT, job.project())
                .environmentVariable(CommandLineTemplate.ATTEMPT, Integer.toString(job.attempt()));
        if (isHere) {
            folder.prepare(code);
            submission = submission
                    .environmentVariable(
                            CommandLineTemplate.CONFIG, folder.config().toString())
                    .workingDir(folder.work().toString());
        }
        if (job.gpus() != null) {
            submission = isHere
                    ? submission.environmentVariable("CUDA_VISIBLE_DEVICES", job.gpus())
                    : submission.entrypointNumGpus(job.gpus().split(",").length);
        }
        jobs.submitJob(submission);
    }

    /** On another machine the config goes with the command: the two have nothing else in common. */
    private String withConfig(JobFolder folder) throws IOException {
        String file = "\"$" + CommandLineTemplate.CONFIG + "\"";
        return CommandLineTemplate.CONFIG + "=$(mktemp) && export " + CommandLineTemplate.CONFIG
                + " && printf %s " + ShellWord.quoted(folder.readConfig()) + " >" + file + " || exit\n"
                + command.shellText() + "\n"
                + "code=$?; rm -f " + file + "; exit $code";
    }

    /** How a job stands; empty when there is none. */
    Optional<Job> find(TakenJob job) {
        try {
            return Optional.of(jobs.getJob(job.submissionId()));
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Has a job stopped. */
    void stop(TakenJob job) {
        jobs.stopJob(job.submissionId());
    }

    /** Whether jobs can be suspended here: processes of this machine can. */
    boolean canPause() {
        return agentDirectory != null;
    }

    /** Suspends a job, if that is possible here. Whether all its processes are suspended. */
    boolean suspend(TakenJob job) throws IOException {
        return agentDirectory != null && new LocalJob(agentDirectory, job.submissionId()).suspend();
    }

    /** Has a job go on, if it is suspended. */
    void resume(TakenJob job) throws IOException {
        if (agentDirectory != null) {
            new LocalJob(agentDirectory, job.submissionId()).resume();
        }
    }

    /** Forgets a job that is over; what another machine keeps of it is that one's. */
    void forget(TakenJob job) {
        if (agentDirectory != null) {
            jobs.deleteJob(job.submissionId());
        }
    }

    /** Its output: the file of the process itself, or one into which it is copied once it has started. */
    JobOutput output(TakenJob job, JobFolder folder) {
        return agentDirectory != null
                ? JobOutput.of(new LocalJob(agentDirectory, job.submissionId()).log())
                : JobOutput.followed(jobs, job.submissionId(), folder.log());
    }
}
