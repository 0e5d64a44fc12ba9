package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.JobStatus;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks after one running job, whoever started it: this agent, or one before it. Used under the lock of its jobs. */
final class JobSupervisor {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration TIME_TO_START = Duration.ofSeconds(30);
    private static final int SIGNALLED = 128;

    private final String id;
    private final Supplier<JobRecord> record;
    private final JobFiles files;
    private final Clock clock;
    private Consumer<JobRecord> save = job -> {};
    private Instant startedAt = Instant.EPOCH;
    private @Nullable Instant termSent;
    private boolean killed;

    JobSupervisor(String id, Supplier<JobRecord> record, JobFiles files, Clock clock) {
        this.id = id;
        this.record = record;
        this.files = files;
        this.clock = clock;
    }

    String id() {
        return id;
    }

    /** Starts the job, unless its files show that it was started before. */
    void start(JobProcesses processes, Consumer<JobRecord> keep) throws IOException {
        save = keep;
        startedAt = clock.instant();
        if (files.claim().isEmpty()) {
            processes.start(record.get().request(), files);
        }
    }

    /** Looks once; the record of the end, when the job has ended. */
    Optional<JobRecord> look() throws IOException {
        JobRecord job = record.get();
        ProcessIdentity process = job.process();
        if (process == null) {
            process = files.claim().orElse(null);
            if (process == null) {
                return neverStarted(job);
            }
            job = job.process(process);
            save.accept(job);
        }
        // Asked in this order: what ended after the first question is on record at the second.
        boolean alive = process.isAlive();
        Optional<JobFiles.Exit> exit = files.exit();
        if (job.stopRequested()) {
            return stopped(job, process, alive, exit);
        }
        if (exit.isPresent()) {
            return Optional.of(ended(job, exit.get()));
        }
        return alive ? Optional.empty() : Optional.of(lost(job));
    }

    /** TERM once, KILL when the time is up, and an end when nothing of the group is left. */
    private Optional<JobRecord> stopped(
            JobRecord job, ProcessIdentity process, boolean alive, Optional<JobFiles.Exit> exit) throws IOException {
        if (termSent == null) {
            termSent = clock.instant();
            if (alive) {
                JobProcesses.terminate(process);
            }
            return Optional.empty();
        }
        Duration waited = Duration.between(termSent, clock.instant());
        if (alive || isGroupLeft(process, exit)) {
            if (!killed && waited.compareTo(GRACE) >= 0) {
                killed = true;
                JobProcesses.kill(process);
            }
            return Optional.empty();
        }
        Instant time = exit.map(JobFiles.Exit::time).orElseGet(clock::instant);
        return Optional.of(job.ended(JobStatus.STOPPED, "Job was intentionally stopped.", null, time, null));
    }

    /** A group whose leader is gone may have members yet, but its id may by now be another's after a long absence. */
    private boolean isGroupLeft(ProcessIdentity process, Optional<JobFiles.Exit> exit) throws IOException {
        boolean recent = exit.isEmpty() || termSent != null && exit.get().time().isAfter(termSent.minus(GRACE));
        return recent && process.isGroupAlive();
    }

    private JobRecord ended(JobRecord job, JobFiles.Exit exit) throws IOException {
        int code = exit.exitCode();
        if (code == 0) {
            return job.ended(JobStatus.SUCCEEDED, "Job finished successfully.", null, exit.time(), code);
        }
        String how = code > SIGNALLED
                ? "was ended by signal " + (code - SIGNALLED) + " (exit code " + code + ")"
                : "failed with exit code " + code;
        String message = "Job entrypoint command " + how + ", last lines of its log:\n" + files.lastLines();
        return job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_ERROR", exit.time(), code);
    }

    /** Its process is gone and left no exit code: killed with its group, or the machine went down. */
    private JobRecord lost(JobRecord job) throws IOException {
        String message = "The outcome of the job is unknown: its process is gone without leaving an exit code,"
                + " as when it was killed with signal 9 or the machine was restarted. Last lines of its log:\n"
                + files.lastLines();
        return job.ended(JobStatus.FAILED, message, "JOB_SUPERVISOR_ACTOR_DIED", clock.instant(), null);
    }

    private Optional<JobRecord> neverStarted(JobRecord job) {
        if (Duration.between(startedAt, clock.instant()).compareTo(TIME_TO_START) < 0) {
            return Optional.empty();
        }
        String message = "Job could not be started: its process did not report within " + TIME_TO_START.toSeconds()
                + " s. Are setsid, sh, ln and cut there?";
        return Optional.of(
                job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_START_ERROR", clock.instant(), null));
    }
}
