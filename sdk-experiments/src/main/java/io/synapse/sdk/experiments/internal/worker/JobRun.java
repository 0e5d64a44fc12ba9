package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.JobCompletion;
import io.synapse.sdk.experiments.internal.worker.ServerContact.Outcome;
import io.synapse.sdk.job.DriverInfo;
import io.synapse.sdk.job.Job;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt of a job at a worker, from its config to the report of its end. Each step may be done again after a failure, and
 * by another process of the worker: what has been done is seen from the place where the job runs. Its steps are made by one
 * thread; it is told to stop by any.
 */
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

    /** A job whose processes are gone without an exit code: they were killed all at once, or the machine went down. */
    private static final String PROCESSES_LOST = "JOB_SUPERVISOR_ACTOR_DIED";

    private final ExperimentClient server;
    private final ServerContact contact;
    private final JobPlace place;
    private final ServerContact placeContact;
    private final TakenJob job;
    private final JobFolder folder;
    private final String host;
    private final BooleanSupplier mayStart;
    private final JobOutput output;
    private final JobCopies copies;
    private final JobPause pause;

    private volatile boolean isStopWanted;
    private volatile boolean isGiveBackWanted;
    private boolean isGivenBack;
    private volatile boolean isOver;
    private boolean isFound;
    private boolean isConfirmed;
    private boolean isGivenAway;
    private boolean isStopAsked;
    private @Nullable JobCompletion completion;

    /**
     * @param mayStart whether it may be started, if it was not; asked again and again
     */
    JobRun(WorkerParts parts, TakenJob job, JobFolder folder, BooleanSupplier mayStart) {
        this.server = parts.server();
        this.contact = parts.contact("job " + job.uid() + " at the server");
        this.place = parts.place();
        this.placeContact = parts.contact("job " + job.uid() + " where it runs");
        this.job = job;
        this.folder = folder;
        this.host = parts.host();
        this.mayStart = mayStart;
        this.output = place.output(job, folder);
        this.copies = new JobCopies(server, contact, job, folder, output.file());
        this.pause = new JobPause(place, job);
    }

    TakenJob job() {
        return job;
    }

    JobPause pause() {
        return pause;
    }

    boolean isOver() {
        return isOver;
    }

    /** It is cancelled, or another worker has it: its processes are to end. */
    void stop() {
        isStopWanted = true;
    }

    /** It is to end here and to be done again by whoever takes it: its end is not reported. */
    void giveBack() {
        isGiveBackWanted = true;
        isStopWanted = true;
    }

    /**
     * Goes on with what is to be done now.
     *
     * @return whether all is done
     * @throws CallCancelledException when the thread is to end
     */
    boolean step() {
        if (!isFound && completion == null && !begin()) {
            return isOver;
        }
        if (completion == null) {
            look();
        }
        isOver = completion != null && finish(completion);
        if (isOver) {
            close();
        }
        return isOver;
    }

    /** Whether the next step has something to do at once. */
    boolean isBehind() {
        return copies.isBehind();
    }

    /** Leaves the job to the next process of the worker. */
    void close() {
        output.close();
    }

    /** Whether there is a job to look at, or an end to report. */
    private boolean begin() {
        Outcome asked = placeContact.call(() -> isFound = place.find(job).isPresent());
        if (asked == Outcome.LATER || isFound) {
            return isFound;
        }
        if (isStopWanted) {
            isOver = placeContact.call(folder::end) == Outcome.DONE; // nothing of it runs
            return false;
        }
        return mayStart.getAsBoolean() && prepare() && submit();
    }

    private boolean prepare() {
        Outcome outcome = contact.call(() -> {
            JobFolder.write(folder.config(), server.getJobConfig(job.uid()));
            if (job.attempt() > 1) {
                EarlierRows.fetch(server, job, folder);
            }
        });
        if (outcome == Outcome.REFUSED) {
            completion = failed("the worker could not get the config of the job: " + contact.refusal());
        }
        return outcome == Outcome.DONE || completion != null;
    }

    private boolean submit() {
        if (completion != null) {
            return true;
        }
        Outcome outcome = placeContact.call(() -> place.submit(job, folder));
        if (outcome == Outcome.REFUSED) {
            completion = failed("the job could not be started: " + placeContact.refusal());
        }
        isFound = outcome == Outcome.DONE;
        return outcome != Outcome.LATER;
    }

    private void look() {
        Seen seen = new Seen();
        if (placeContact.call(() -> seen.job = place.find(job)) != Outcome.DONE) {
            return;
        }
        Job now = seen.job.orElse(null);
        if (now == null) {
            completion = failed("the job was deleted where it ran");
            return;
        }
        if (!now.status().equals(JobStatus.PENDING)) {
            output.follow();
            confirm(now);
        }
        if (!now.status().isTerminal()) {
            stopOrPause();
        }
        if (!isGivenAway) {
            copies.copy(false);
        }
        if (now.status().isTerminal()) {
            completion = completion(now);
        }
    }

    private void stopOrPause() {
        if (!isStopWanted) {
            placeContact.call(pause::proceed);
        } else if (!isStopAsked) {
            isStopAsked = placeContact.call(() -> place.stop(job)) == Outcome.DONE;
        }
    }

    /** What a look saw. */
    private static final class Seen {
        private Optional<Job> job = Optional.empty();
    }

    private void confirm(Job now) {
        if (isConfirmed || isGivenAway) {
            return;
        }
        Outcome outcome = contact.call(() -> server.confirmStarted(job.uid(), pid(now), job.attempt()));
        isConfirmed = outcome == Outcome.DONE;
        if (outcome == Outcome.REFUSED) {
            LOG.info("job {}: attempt {} was given away, and is stopped here", job.uid(), job.attempt());
            isGivenAway = true;
            isStopWanted = true;
        }
    }

    /** Copies the rest, reports the end, and forgets the job. */
    private boolean finish(JobCompletion end) {
        if (!isGivenAway) {
            if (isFound && !output.isComplete() || !copies.copy(true)) {
                return false;
            }
            if (!isGivenBack && !report(end)) {
                return false;
            }
        }
        if (isFound && placeContact.call(() -> place.forget(job)) == Outcome.LATER) {
            return false;
        }
        return placeContact.call(folder::end) == Outcome.DONE;
    }

    private boolean report(JobCompletion end) {
        Outcome outcome = contact.call(() -> server.completeJob(end));
        if (outcome == Outcome.REFUSED) {
            LOG.info("job {}: its end does not count: {}", job.uid(), contact.refusal());
        }
        return outcome != Outcome.LATER;
    }

    private JobCompletion completion(Job end) {
        Long code = end.driverExitCode();
        String message = Objects.requireNonNullElse(end.message(), "");
        isGivenBack = isGiveBackWanted && end.status().equals(JobStatus.STOPPED); // an end of its own counts
        if (end.status().equals(JobStatus.SUCCEEDED)) {
            return JobCompletion.succeeded(job.uid())
                    .exitCode(0)
                    .attempt(job.attempt())
                    .hostId(host);
        }
        if (code == null && PROCESSES_LOST.equals(end.errorType())) {
            LOG.warn("job {}: its processes are gone; it is given back: {}", job.uid(), message);
            isGivenBack = true;
        }
        return code == null ? failed(message) : failed(message).exitCode(code.intValue());
    }

    private JobCompletion failed(String why) {
        return JobCompletion.failed(job.uid(), why).attempt(job.attempt()).hostId(host);
    }

    /** 0 where no process is known: those of a cluster are none of this machine. */
    private static long pid(Job now) {
        DriverInfo driver = now.driverInfo();
        String pid = driver == null ? null : driver.pid();
        return pid != null && pid.matches("\\d{1,18}") ? Long.parseLong(pid) : 0;
    }
}
