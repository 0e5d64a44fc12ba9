package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.JobStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private static final Duration TERM_TO_KILL = Duration.ofSeconds(3);
    private static final Duration KILL_TO_KILL = Duration.ofSeconds(1);
    private static final int SIGNALLED = 128;

    private final String id;
    private final Supplier<JobRecord> record;
    private final JobFiles files;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private Consumer<JobRecord> save = job -> {};
    private @Nullable Process child;
    private boolean terminated;
    private long nextKill;

    private final RetryPause pause;

    JobSupervisor(String id, Supplier<JobRecord> record, JobFiles files, Clock clock, LongSupplier nanoTime) {
        this.id = id;
        this.record = record;
        this.files = files;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.pause = new RetryPause(nanoTime);
    }

    String id() {
        return id;
    }

    /** Starts the job, unless its files show that it was started before. */
    void start(JobProcesses processes, Consumer<JobRecord> keep) throws IOException {
        save = keep;
        if (files.claim().isEmpty() && !record.get().stopRequested()) {
            child = processes.start(record.get().request(), files);
        }
    }

    /** Whether it failed a moment ago. */
    boolean isPaused() {
        return pause.isOn();
    }

    /** It could not look; it will again in a moment. The same failure is logged once. */
    void failed(Exception why) {
        pause.failed(LOG, "cannot look after job " + id, why);
    }

    /** Looks once; the record of the end, when the job has ended. */
    Optional<JobRecord> look() throws IOException {
        JobRecord job = record.get();
        ProcessIdentity process = job.process();
        if (process == null) {
            boolean starting = child != null && child.isAlive();
            process = files.claim().orElse(null);
            if (process == null && files.isClaimDamaged()) {
                return Optional.of(lost(job));
            }
            if (process == null) {
                return starting || !files.withdraw() ? Optional.empty() : Optional.of(neverStarted(job));
            }
            job = job.process(process);
            save.accept(job);
        }
        return job.stopRequested() ? stopped(job, process) : ended(job, process);
    }

    /** TERM once, KILL when the time is up, and an end when nothing of the group is left. */
    private Optional<JobRecord> stopped(JobRecord job, ProcessIdentity process) throws IOException {
        long now = nanoTime.getAsLong();
        if (!process.isGroupAlive()) {
            Instant time = files.exit().map(JobFiles.Exit::time).orElseGet(clock::instant);
            return Optional.of(job.ended(JobStatus.STOPPED, "Job was intentionally stopped.", null, time, null));
        }
        if (!terminated) {
            JobProcesses.terminate(process);
            terminated = true;
            nextKill = now + TERM_TO_KILL.toNanos();
        } else if (now - nextKill >= 0) {
            JobProcesses.kill(process);
            nextKill = now + KILL_TO_KILL.toNanos(); // again, for a member that was being born meanwhile
        }
        return Optional.empty();
    }

    private Optional<JobRecord> ended(JobRecord job, ProcessIdentity process) throws IOException {
        // Asked in this order: what ended after the first question is on record at the second.
        boolean alive = process.isAlive();
        Optional<JobFiles.Exit> exit = files.exit();
        if (exit.isPresent()) {
            return Optional.of(exited(job, exit.get()));
        }
        // Without its leader the group can leave no exit code, yet the job is not over while it has members.
        return alive || process.isGroupAlive() ? Optional.empty() : Optional.of(lost(job));
    }

    private JobRecord exited(JobRecord job, JobFiles.Exit exit) throws IOException {
        int code = exit.exitCode();
        if (code == 0) {
            return job.ended(JobStatus.SUCCEEDED, "Job finished successfully.", null, exit.time(), code);
        }
        String how = code > SIGNALLED
                ? "was ended by signal " + (code - SIGNALLED) + " (exit code " + code + ")"
                : "failed with exit code " + code;
        String message = withLastLines("Job entrypoint command " + how + ".");
        return job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_ERROR", exit.time(), code);
    }

    /** Its process is gone and left no exit code: killed with its group, or the machine went down. */
    private JobRecord lost(JobRecord job) throws IOException {
        String message = withLastLines("The outcome of the job is unknown: its process is gone without leaving an exit"
                + " code, as when it was killed with signal 9 or the machine was restarted.");
        return job.ended(JobStatus.FAILED, message, "JOB_SUPERVISOR_ACTOR_DIED", clock.instant(), null);
    }

    private JobRecord neverStarted(JobRecord job) {
        if (job.stopRequested()) {
            String message = "Job was stopped before its entrypoint started.";
            return job.ended(JobStatus.STOPPED, message, null, clock.instant(), null);
        }
        String message = "Job could not be started: the shell that runs it ended"
                + (child == null ? "" : " with exit code " + child.exitValue())
                + " before the entrypoint. Is the data directory's disk full?";
        return job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_START_ERROR", clock.instant(), null);
    }

    private String withLastLines(String sentence) throws IOException {
        String lines = files.lastLines();
        return lines.isEmpty() ? sentence : sentence + " Last lines of its log:\n" + lines;
    }
}
