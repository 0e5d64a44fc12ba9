package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.experiment.AssignedJob;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.HeartbeatReply;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.worker.ServerContact.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to the server what the machine does, and takes jobs while there is room for one. Thread-safe.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofSeconds(10);
    private static final Duration GIVING_BACK = Duration.ofSeconds(30);

    /** Below the time for which a worker may be silent, so that a server that is back hears of it in time. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final int LAST_BEATS = 2;

    private final WorkerParts parts;
    private final MachineFigures figures;
    private final int mostJobs;
    private final HeldJobs jobs;
    private final @Nullable ConfigChecks checks;
    private final ExperimentClient beatServer;
    private final ServerContact beats;
    private final ServerContact seeking;
    private final Object beating = new Object();
    private final WorkLoop beatLoop;
    private final WorkLoop seekLoop;
    private volatile boolean isHeard;
    private boolean wasRefused;
    private volatile boolean isDraining;
    private volatile boolean isDrainedByServer;

    /**
     * Begins, with what an earlier process of the worker had.
     *
     * @param directory for the folders of jobs
     * @param mostJobs how many it has at once
     * @param checks of configs; null when it makes none
     */
    public Worker(
            WorkerParts parts, MachineFigures figures, Path directory, int mostJobs, @Nullable ConfigChecks checks)
            throws IOException {
        this.parts = parts;
        this.checks = checks;
        this.figures = figures;
        this.mostJobs = mostJobs;
        Duration silence = LONGEST_SILENCE.compareTo(parts.longestPause()) < 0 ? LONGEST_SILENCE : parts.longestPause();
        beatServer = parts.server().withOptions(options -> options.callTimeout(CALL));
        beats = parts.contact("heartbeats", silence);
        seeking = parts.contact("asking for jobs");
        jobs = new HeldJobs(parts, directory, () -> isHeard, this::mayHaveRoom);
        beatLoop = new WorkLoop("heartbeats", this::beat);
        seekLoop = new WorkLoop("seeker", this::seek);
        jobs.resume();
        if (checks != null) {
            checks.start();
        }
        beatLoop.start();
        seekLoop.start();
    }

    /** The uids of the jobs that it has. */
    public Set<String> jobs() {
        return jobs.attempts().keySet();
    }

    /** Takes no more jobs, not even one that it is asking for now; those that it has go on. */
    public void drain() {
        isDraining = true;
        seekLoop.close();
    }

    /** Whether it takes no more jobs, by its own or the server's decision. */
    public boolean isDraining() {
        return isDraining || isDrainedByServer;
    }

    private void mayHaveRoom() {
        seekLoop.wake();
        beatLoop.wake();
    }

    private Duration beat() {
        synchronized (beating) {
            boolean isRefused = beats.call(this::sendBeat) == Outcome.REFUSED;
            if (isRefused && !wasRefused) {
                LOG.error("the server refuses this worker, which takes no jobs until it does not: {}", beats.refusal());
            }
            wasRefused = isRefused;
            isHeard &= !isRefused;
        }
        return longer(parts.heartbeat(), beats.pause());
    }

    private void sendBeat() {
        Map<String, Integer> attempts = jobs.attempts();
        HeartbeatReply reply = beatServer.sendHeartbeat(figures.report(parts.host())
                .activeAttempts(attempts)
                .canPause(parts.place().canPause())
                .canValidate(checks != null)
                .pausedJobs(jobs.paused())
                .workerId(parts.identity()));
        attempts.keySet().retainAll(reply.stop());
        jobs.stop(attempts);
        jobs.pause(reply.pause());
        if (checks != null) {
            checks.want(reply.validate());
        }
        if (reply.drain() != isDrainedByServer) {
            LOG.info(reply.drain() ? "the server wants no more jobs to be taken" : "takes jobs again");
        }
        isDrainedByServer = reply.drain();
        isHeard = true;
    }

    private Duration seek() {
        if (!isHeard || isDraining() || jobs.size() >= mostJobs) {
            return parts.look();
        }
        seeking.call(() -> {
            jobs.requireRoom();
            Optional<AssignedJob> next = parts.server().nextJob(parts.host(), WAIT);
            if (next.isPresent()) {
                take(next.get());
            }
        });
        return seeking.pause();
    }

    /** What is not put on record does not start; the server gives it to another, since nobody confirms it. */
    private void take(AssignedJob job) throws IOException {
        try {
            jobs.take(job);
        } catch (Failure e) {
            LOG.error("job {} cannot be taken", job.experimentUid(), e);
        }
    }

    /**
     * Ends the processes of all jobs, which other workers do again, and takes no more. Returns when they are gone, or after
     * 30 s with a warning.
     */
    public void giveBackJobs() throws InterruptedException {
        drain();
        jobs.giveBackAll(GIVING_BACK);
        if (jobs.size() > 0) {
            LOG.warn("jobs that could not be stopped: {}", jobs.attempts().keySet());
        }
        for (int count = 0; count < LAST_BEATS; count++) { // what two do not list is given to others at once
            beat();
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Ends; the processes of jobs go on. */
    @Override
    public void close() {
        seekLoop.close();
        beatLoop.close();
        if (checks != null) {
            checks.close();
        }
        jobs.close();
    }
}
