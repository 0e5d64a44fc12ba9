package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.job.JobMembers.Member;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after one running job, whoever started it: this agent, or one before it. Used under the lock of its jobs. */
final class JobSupervisor {
    private static final Logger LOG = LoggerFactory.getLogger(JobSupervisor.class);
    private static final int SIGNALLED = 128;

    private final Supplier<JobRecord> record;
    private final Consumer<JobRecord> save;
    private final JobFiles files;
    private final boolean endLeftovers;
    private final Clock clock;
    private final RetryPause pause;
    private final Termination termination;
    private @Nullable Process child;
    private @Nullable Instant startTime;
    private int leftovers;
    private @Nullable JobMembers leftBehind;

    /** @param endLeftovers whether what the job leaves running at its end is ended too */
    JobSupervisor(
            Supplier<JobRecord> record,
            Consumer<JobRecord> save,
            JobFiles files,
            boolean endLeftovers,
            Clock clock,
            LongSupplier nanoTime) {
        this.record = record;
        this.save = save;
        this.files = files;
        this.endLeftovers = endLeftovers;
        this.clock = clock;
        this.pause = new RetryPause(nanoTime);
        this.termination = new Termination(nanoTime);
    }

    /**
     * Starts the job, unless its files show that it was started before.
     *
     * @throws IOException when it could not be started
     */
    void start(JobProcesses processes, JobRequest request) throws IOException {
        if (!files.isClaimed() && !record.get().stopRequested()) {
            child = processes.start(request, files);
        }
        startTime = clock.instant();
    }

    /** Whether it failed a moment ago. */
    boolean isPaused() {
        return pause.isOn();
    }

    /** It could not look; it will again in a moment. The same failure is logged once. */
    void failed(Exception why) {
        pause.failed(LOG, "cannot look after job " + record.get().id(), why);
    }

    /** Looks once; the record of the end, when the job has ended, or of a job that waits again: it did not start. */
    Optional<JobRecord> look() throws IOException {
        JobRecord job = record.get();
        if (job.status().equals(JobStatus.PENDING)) {
            job = job.started(startTime == null ? clock.instant() : startTime);
            save.accept(job);
        }
        ProcessIdentity process = job.process();
        if (process == null) {
            boolean starting = child != null && child.isAlive();
            process = files.claim().orElse(null);
            if (process == null && files.isClaimDamaged()) {
                return Optional.of(lost(job));
            }
            if (process == null) {
                return starting ? Optional.empty() : neverStarted(job);
            }
            job = job.process(process);
            save.accept(job);
        }
        return job.stopRequested() ? stopped(job, files.members(process)) : ended(job, process);
    }

    /** Whether the job left something running when it ended. */
    boolean hasLeftovers() {
        return leftBehind != null;
    }

    /** Ends what the job left running. Says whether nothing of it is left. */
    boolean endLeftovers() throws IOException {
        return leftBehind == null || terminate(leftBehind);
    }

    private Optional<JobRecord> stopped(JobRecord job, JobMembers members) throws IOException {
        if (!terminate(members)) {
            return Optional.empty();
        }
        Instant time = files.exit().map(JobFiles.Exit::time).orElseGet(clock::instant);
        return Optional.of(job.ended(JobStatus.STOPPED, "Job was intentionally stopped.", null, time, null));
    }

    private boolean terminate(JobMembers members) throws IOException {
        boolean isOver = termination.proceed(members);
        if (isOver) {
            members.removeCgroup();
        }
        return isOver;
    }

    private Optional<JobRecord> ended(JobRecord job, ProcessIdentity process) throws IOException {
        // Asked in this order: what ended after the first question is on record at the second.
        boolean alive = process.isAlive();
        Optional<JobFiles.Exit> exit = files.exit();
        if (exit.isEmpty() && alive) {
            return Optional.empty();
        }
        if (exit.isEmpty() && files.isUnstarted()) {
            files.forgetProcess();
            return Optional.of(job.notStarted());
        }
        JobMembers members = files.members(process);
        List<Member> left = members.aliveBesideLeader();
        // Without its leader the session can leave no exit code, yet the job is not over while it has members.
        if (exit.isEmpty() && left.stream().anyMatch(Member::inSession)) {
            return Optional.empty();
        }
        leftovers = Math.max(leftovers, left.size());
        if (endLeftovers && !left.isEmpty() && !terminate(members)) {
            return Optional.empty();
        }
        if (left.isEmpty()) {
            members.removeCgroup();
        } else if (!endLeftovers) {
            leftBehind = members;
        }
        return Optional.of(exit.isPresent() ? exited(job, exit.get()) : lost(job));
    }

    private JobRecord exited(JobRecord job, JobFiles.Exit exit) throws IOException {
        int code = exit.exitCode();
        if (code == 0) {
            return job.ended(JobStatus.SUCCEEDED, "Job finished successfully." + told(), null, exit.time(), code);
        }
        String how = code > SIGNALLED
                ? "was ended by signal " + (code - SIGNALLED) + " (exit code " + code + ")"
                : "failed with exit code " + code;
        String message = withLastLines("Job entrypoint command " + how + "." + told());
        return job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_ERROR", exit.time(), code);
    }

    /** Its process is gone and left no exit code: killed with its group, or the machine went down. */
    private JobRecord lost(JobRecord job) throws IOException {
        String message = withLastLines("The outcome of the job is unknown: its process is gone without leaving an exit"
                + " code, as when it was killed with signal 9 or the machine was restarted." + told());
        return job.ended(JobStatus.FAILED, message, "JOB_SUPERVISOR_ACTOR_DIED", clock.instant(), null);
    }

    private Optional<JobRecord> neverStarted(JobRecord job) throws IOException {
        if (!job.stopRequested()) {
            return Optional.of(job.notStarted());
        }
        String message = "Job was stopped before its entrypoint started.";
        return files.withdraw()
                ? Optional.of(job.ended(JobStatus.STOPPED, message, null, clock.instant(), null))
                : Optional.empty();
    }

    /** A sentence of what the job left running, if it did. */
    private String told() {
        if (leftovers == 0) {
            return "";
        }
        String processes = leftovers == 1 ? "1 process" : leftovers + " processes";
        return " " + processes + " that it started "
                + (endLeftovers
                        ? "had to be ended after it."
                        : (leftovers == 1 ? "was" : "were") + " still running then.");
    }

    private String withLastLines(String sentence) throws IOException {
        String lines = files.lastLines();
        return lines.isEmpty() ? sentence : sentence + " Last lines of its log:\n" + lines;
    }
}
