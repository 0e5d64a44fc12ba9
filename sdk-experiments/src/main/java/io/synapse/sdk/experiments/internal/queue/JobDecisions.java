package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.experiments.internal.queue.JobEvent.Confirmed;
import io.synapse.sdk.experiments.internal.queue.JobEvent.Reported;
import io.synapse.sdk.experiments.internal.queue.Verdict.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an event does to a job (the table of wire/experiments.md, section 5). Pure: no clock, no records. A terminal
 * state is left by a retry only, and what an earlier attempt reports counts for nothing.
 */
final class JobDecisions {
    static final String WORKER_LOST = "worker_lost";
    static final String NOT_STARTED = "not_started";
    static final String PROGRAM_FAILED = "program_failed";
    private static final int MOST_UNCONFIRMED = 3;
    private static final int BAD_REQUEST = 400;
    private static final int CONFLICT = 409;

    private JobDecisions() {}

    /** What this event does to this job. */
    static Verdict decide(Job job, JobEvent event) {
        if (event instanceof Confirmed confirmed) {
            return confirmed(job, confirmed);
        }
        if (event instanceof Reported reported) {
            return reported(job, reported);
        }
        if (event instanceof JobEvent.HostSilent) { // a paused job waits, for its machine too
            boolean canBeLost = job.status() == JobStatus.ASSIGNED || job.status() == JobStatus.RUNNING;
            return canBeLost ? lost(job) : new Verdict.Stand();
        }
        if (event instanceof JobEvent.NotListed) {
            return job.isInProgress() ? lost(job) : new Verdict.Stand();
        }
        if (event instanceof JobEvent.NotDelivered answer) {
            boolean isMeant = job.status() == JobStatus.ASSIGNED && job.attempt() == answer.attempt();
            return isMeant ? again(job, Cause.NOT_DELIVERED) : new Verdict.Stand();
        }
        if (event instanceof JobEvent.ConfirmOverdue) {
            return job.status() == JobStatus.ASSIGNED ? notStarted(job) : new Verdict.Stand();
        }
        if (event instanceof JobEvent.Listed) {
            return job.status() == JobStatus.QUEUED && job.host() != null ? new Verdict.GoOn() : new Verdict.Stand();
        }
        if (event instanceof JobEvent.Stopped) {
            return job.isStopping() ? new Verdict.Release() : new Verdict.Stand();
        }
        return requested(job, event);
    }

    private static Verdict requested(Job job, JobEvent event) {
        JobStatus status = job.status();
        if (event instanceof JobEvent.CancelRequested) {
            return status.isTerminal()
                    ? new Verdict.Refuse(CONFLICT, "Job " + job.uid() + " is " + status.word() + " already")
                    : new Verdict.Cancel(job.isInProgress());
        }
        if (event instanceof JobEvent.PauseRequested request) {
            boolean canPause = status == JobStatus.QUEUED || status == JobStatus.RUNNING && request.canWorkerPause();
            return canPause ? new Verdict.Pause() : impossible(job, "paused");
        }
        if (event instanceof JobEvent.ResumeRequested) {
            return status == JobStatus.PAUSED
                    ? new Verdict.Resume(job.host() == null ? JobStatus.QUEUED : JobStatus.RUNNING)
                    : impossible(job, "resumed");
        }
        if (event instanceof JobEvent.PriorityRequested request) {
            boolean isWaiting = status == JobStatus.QUEUED || status == JobStatus.PAUSED;
            return isWaiting ? new Verdict.Prioritize(request.priority()) : impossible(job, "given another priority");
        }
        boolean canRetry = (status == JobStatus.FAILED || status == JobStatus.CANCELLED) && !job.isStopping();
        return canRetry
                ? again(job, Cause.RETRIED)
                : new Verdict.Refuse(
                        CONFLICT,
                        "Job " + job.uid() + " is " + words(job) + "; only a failed or cancelled one is retried");
    }

    private static String words(Job job) {
        return job.isStopping() ? "still being stopped" : job.status().word();
    }

    private static Verdict impossible(Job job, String what) {
        return new Verdict.Refuse(
                BAD_REQUEST,
                "Job not found or cannot be " + what + ": " + job.uid() + " is "
                        + job.status().word());
    }

    private static Verdict confirmed(Job job, Confirmed event) {
        if (isOfAnother(job, event.attempt(), event.host())) {
            return notYours(job);
        }
        return switch (job.status()) {
            case ASSIGNED -> new Verdict.Run(event.pid());
            // Given back, since the confirmation was late, and to nobody else until now.
            case QUEUED -> job.host() == null ? notYours(job) : new Verdict.Run(event.pid());
            case RUNNING, PAUSED ->
                event.attempt() != null && job.host() != null
                        ? new Verdict.Stand()
                        : new Verdict.Refuse(BAD_REQUEST, "Failed to confirm job start for " + job.uid());
            default -> notYours(job);
        };
    }

    private static Verdict reported(Job job, Reported event) {
        if (isOfAnother(job, event.attempt(), event.host())) {
            return notYours(job);
        }
        if (job.status().isTerminal()) {
            return job.isStopping() ? new Verdict.Release() : new Verdict.Stand();
        }
        boolean isGivenBack = job.host() == null;
        boolean isRepeated = isGivenBack && !event.isSuccess() && PROGRAM_FAILED.equals(job.failureKind());
        if (isRepeated && event.attempt() != null) {
            return new Verdict.Stand(); // it was queued again because of this report
        }
        if (isGivenBack && (event.attempt() != null || job.attempt() > 0)) {
            return notYours(job);
        }
        if (event.isSuccess()) {
            return new Verdict.End(JobStatus.COMPLETED, null, event.error(), event.exitCode());
        }
        return job.isRetriedOnFailure() && job.retryCount() < job.maxRetries()
                ? again(job, Cause.PROGRAM_FAILED)
                : new Verdict.End(JobStatus.FAILED, PROGRAM_FAILED, event.error(), event.exitCode());
    }

    /** One that says neither counts as the present one: the original's workers know no attempts. */
    private static boolean isOfAnother(Job job, @Nullable Integer attempt, @Nullable String host) {
        return attempt != null && attempt != job.attempt()
                || host != null && job.host() != null && !host.equals(job.host());
    }

    private static Verdict notYours(Job job) {
        return new Verdict.Refuse(
                CONFLICT,
                "Job " + job.uid() + " is " + job.status().word() + " in attempt " + job.attempt()
                        + "; what another attempt reports does not count");
    }

    /** One that was paused stays so: its user has not wanted it to run. */
    private static Verdict again(Job job, Cause cause) {
        return new Verdict.Requeue(cause, job.status() == JobStatus.PAUSED ? JobStatus.PAUSED : JobStatus.QUEUED);
    }

    private static Verdict lost(Job job) {
        return job.retryCount() < job.maxRetries()
                ? again(job, Cause.WORKER_LOST)
                : new Verdict.End(
                        JobStatus.FAILED,
                        WORKER_LOST,
                        "the worker on " + job.host() + " was lost, and the job has been retried " + job.retryCount()
                                + " times",
                        null);
    }

    private static Verdict notStarted(Job job) {
        return job.unconfirmed() + 1 < MOST_UNCONFIRMED
                ? again(job, Cause.NOT_STARTED)
                : new Verdict.End(
                        JobStatus.FAILED,
                        NOT_STARTED,
                        MOST_UNCONFIRMED + " workers took the job and did not confirm its start",
                        null);
    }
}
