package io.synapse.sdk.embedded.internal.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.backend.PolicyStore;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.backend.RuntimePolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of this machine. Each runs as processes of its own that outlive the agent; the records survive a restart. No
 * more run at once than the policy allows, the others wait in the order of their submission. Thread-safe.
 */
public final class JobRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
    static final String FOLDER = "jobs";
    private static final long LOOK_MILLISECONDS = 50;
    private static final Duration STOP_ALL = Duration.ofSeconds(10);

    private final JobFolders folders;
    private final JobStore store;
    private final PolicyStore policies;
    private final JobProcesses processes;
    private final JobOptions options;
    private final Clock clock;
    private final JobIds ids = new JobIds();
    private final Map<String, JobSupervisor> running = new ConcurrentHashMap<>();
    private final List<JobSupervisor> leftovers = new ArrayList<>();
    private final NavigableMap<Long, String> waiting = new TreeMap<>();
    private final ScheduledThreadPoolExecutor watch;
    private volatile RuntimePolicy policy;
    private volatile @Nullable String shortage;
    private long submissions;
    private final RetryPause pause = new RetryPause(System::nanoTime);

    /**
     * The jobs on record, found again.
     *
     * @param directory the agent's data directory
     * @param database its records
     * @throws IOException when the folder cannot be used
     */
    public JobRunner(Path directory, Jdbi database, JobOptions options, Clock clock) throws IOException {
        this.folders = new JobFolders(directory.resolve(FOLDER));
        this.store = new JobStore(database);
        this.processes = new JobProcesses(directory, options.cgroups());
        this.options = options;
        this.clock = clock;
        this.policies = new PolicyStore(database);
        this.policy = policies.policy(RuntimePolicy.DEFAULT);
        if (options.maxConcurrentJobs() != null) {
            policy = policy.withMaxConcurrentJobs(options.maxConcurrentJobs());
            policies.save(policy);
        }
        submissions = store.newest();
        store.unfinished().forEach(this::takeUp);
        deleteLeftovers();
        watch = new ScheduledThreadPoolExecutor(1, new DaemonThreads("embedded-agent-jobs"));
        watch.scheduleWithFixedDelay(this::look, 0, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes a job on: it is on record when this returns, and starts when its turn comes.
     *
     * @throws RefusedException with 409 when there is a job of that id already
     */
    public synchronized JobRecord submit(JobRequest request) throws IOException {
        String id = freeId(request);
        return submit(id, request);
    }

    /**
     * Takes a job on that is to start in this folder, and have it for its own.
     *
     * @param folder on the disk of the jobs; it is moved to them, and deleted with the job
     * @throws RefusedException with 409 when there is a job of that id already
     * @throws IOException when the folder cannot be moved
     */
    public synchronized JobRecord submit(JobRequest request, Path folder) throws IOException {
        String id = freeId(request);
        store.delete(id); // until the job is on record, its folder is one to be deleted
        return submit(id, request.in(folders.of(id).adopt(folder)));
    }

    /** An id without a job and without a folder. */
    private String freeId(JobRequest request) throws IOException {
        String id = Optional.ofNullable(request.submissionId()).orElseGet(ids::next);
        if (find(id).isPresent()) {
            throw new RefusedException(
                    409, "Job with submission_id " + id + " already exists. Please use a different submission_id.");
        }
        if (store.deleted().contains(id)) {
            folders.delete(id);
        }
        folders.setAside(id);
        return id;
    }

    private JobRecord submit(String id, JobRequest request) {
        submissions =
                Math.max(submissions + 1, clock.millis()); // never one that was given before, whatever was deleted
        JobRecord job = JobRecord.pending(id, submissions);
        store.add(job, request);
        waiting.put(job.order(), id);
        lookSoon();
        return job;
    }

    /** The job of that id. */
    public Optional<JobRecord> find(String id) {
        return store.find(id);
    }

    /** The job of that id, with what was asked for. */
    public Optional<SubmittedJob> submitted(String id) {
        return store.submitted(id);
    }

    /** All jobs, in the order of their submission, read from the records as they are taken. */
    public Stream<SubmittedJob> list() {
        return store.list();
    }

    /** In words, how a job stands; for one that waits, what for. */
    public String message(JobRecord job) {
        if (!job.status().equals(JobStatus.PENDING)) {
            return job.stopRequested() && !job.status().isTerminal() ? "Job is being stopped." : job.message();
        }
        String failure = shortage;
        if (failure != null) {
            return "Job has not started yet: this machine cannot start another now, and tries again: " + failure;
        }
        int most = policy.maxConcurrentJobs();
        return policy.allowsMoreThan(running.size())
                ? "Job has not started yet: its turn has come."
                : "Job has not started yet: it waits for its turn, since " + running.size() + " run and " + most
                        + " may at once (max_concurrent_jobs).";
    }

    /** How many jobs are running. */
    public int runningCount() {
        return running.size();
    }

    /** Where the log of a job is; the file is there once the job has started. */
    public Path log(String id) {
        return folders.of(id).log();
    }

    /**
     * Asks a job to stop: TERM to all its processes, KILL after 3 s; it has stopped when none is left. One that waits for
     * its turn is stopped at once.
     *
     * @throws RefusedException with 400 when it is over already
     */
    public synchronized void stop(String id) {
        look(); // it may have ended since the last look, and an end of its own counts
        JobRecord job = store.unfinished(id).orElseThrow(() -> {
            String state = find(id).map(over -> over.status().value()).orElse("deleted");
            return new RefusedException(400, "Job " + id + " is already " + state + "; there is nothing to stop.");
        });
        if (running.containsKey(id)) {
            store.save(job.stopping()); // its supervisor sends the signals
            lookSoon();
        } else {
            String message = "Job was stopped before it started.";
            store.save(job.stopping().ended(JobStatus.STOPPED, message, null, clock.instant(), null));
            waiting.remove(job.order());
        }
    }

    /**
     * Forgets a job that is over, its log too. What is in its folder is deleted in the background.
     *
     * @throws RefusedException with 409 when it is not over
     */
    public synchronized void delete(String id) throws IOException {
        store.unfinished(id).ifPresent(job -> {
            throw new RefusedException(
                    409, "Attempted to delete job " + id + ", but it is in a non-terminal state " + job.status() + ".");
        });
        folders.of(id).removeCgroup();
        store.delete(id);
        folders.delete(id);
        store.forgetDeleted(id);
    }

    /** What is allowed to run. */
    public RuntimePolicy policy() {
        return policy;
    }

    /** Changes what is allowed to run, from now on. */
    public synchronized RuntimePolicy changePolicy(JsonNode changes) {
        RuntimePolicy changed = policy.with(changes);
        policies.save(changed);
        policy = changed;
        lookSoon();
        return changed;
    }

    /**
     * Stops all jobs for good, and ends what those before left running. Returns when their processes are gone, or after
     * 10 s with a warning.
     */
    public synchronized void stopAll() {
        List<JobRecord> unfinished = store.unfinished();
        for (int index = unfinished.size() - 1; index >= 0; index--) { // none shall start in another's place
            stopIfNotOver(unfinished.get(index).id());
        }
        long deadline = System.nanoTime() + STOP_ALL.toNanos();
        try {
            while (!(running.isEmpty() & leftoversEnded()) && System.nanoTime() < deadline) {
                look();
                wait(LOOK_MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!running.isEmpty()) {
            LOG.warn("jobs that could not be stopped: {}", running.keySet());
        }
    }

    private boolean leftoversEnded() {
        leftovers.removeIf(job -> {
            try {
                return job.endLeftovers();
            } catch (IOException e) {
                LOG.warn("cannot find what a job left running", e);
                return true;
            }
        });
        return leftovers.isEmpty();
    }

    private void stopIfNotOver(String id) {
        try {
            stop(id);
        } catch (RefusedException e) {
            LOG.debug("job {} ended before it was stopped", id);
        }
    }

    /** Stops watching; the jobs' processes go on. */
    @Override
    public void close() {
        watch.shutdownNow();
        folders.close();
        try {
            watch.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at every running job, and at the queue. What fails, as on a full disk, is tried again. */
    private synchronized void look() {
        for (JobSupervisor supervisor : new ArrayList<>(running.values())) {
            if (!supervisor.isPaused()) {
                look(supervisor);
            }
        }
        if (pause.isOn()) {
            return;
        }
        try {
            startWhatMayRun();
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Exception why) {
        pause.failed(LOG, "cannot start the next job", why);
        shortage = why.getMessage();
    }

    private void look(JobSupervisor supervisor) {
        try {
            supervisor.look().ifPresent(job -> settle(job, supervisor));
        } catch (IOException | RuntimeException e) {
            supervisor.failed(e);
        }
    }

    /** What is no longer running has ended, or could not start: then it waits again. */
    private void settle(JobRecord job, JobSupervisor supervisor) {
        store.save(job);
        running.remove(job.id());
        if (job.status().equals(JobStatus.PENDING)) {
            waiting.put(job.order(), job.id());
            failed(new IOException("the shell that runs the job " + job.id()
                    + " ended before it. Is the disk full, or has this machine as many processes as it can?"));
        } else if (supervisor.hasLeftovers()) {
            leftovers.add(supervisor);
        }
    }

    private void takeUp(JobRecord job) {
        boolean waits =
                job.status().equals(JobStatus.PENDING) && !folders.of(job.id()).isClaimed();
        if (waits) {
            waiting.put(job.order(), job.id());
        } else {
            supervise(job);
        }
    }

    private void lookSoon() {
        watch.execute(this::look);
    }

    private void startWhatMayRun() throws IOException {
        while (!waiting.isEmpty() && !pause.isOn() && policy.allowsMoreThan(running.size())) {
            start(store.unfinished(waiting.firstEntry().getValue()).orElseThrow());
        }
    }

    /**
     * Started first, then on record: an agent that dies in between finds the claim of the process, and starts no other.
     *
     * @throws IOException when this machine cannot start any now
     */
    private void start(JobRecord job) throws IOException {
        JobSupervisor supervisor = supervisor(job);
        JobRequest request = request(job);
        try {
            supervisor.start(processes, request);
        } catch (IOException e) {
            if (request.canEnterWorkingDirectory()) {
                throw e;
            }
            String message = "Job could not be started: " + e.getMessage();
            store.save(
                    job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_START_ERROR", clock.instant(), null));
            waiting.remove(job.order());
            return;
        }
        running.put(job.id(), supervisor);
        waiting.remove(job.order());
        look(supervisor);
    }

    private void supervise(JobRecord job) {
        JobSupervisor supervisor = supervisor(job);
        running.put(job.id(), supervisor);
        try {
            supervisor.start(processes, request(job));
        } catch (IOException e) {
            settle(job.notStarted(), supervisor);
        }
    }

    private JobSupervisor supervisor(JobRecord job) {
        return new JobSupervisor(
                () -> store.unfinished(job.id()).orElse(job),
                this::saveRunning,
                folders.of(job.id()),
                options.endLeftovers(),
                clock,
                System::nanoTime);
    }

    private void saveRunning(JobRecord job) {
        store.save(job);
        if (job.process() != null) {
            pause.succeeded();
            shortage = null;
        }
    }

    private JobRequest request(JobRecord job) {
        return store.request(job.id()).orElseThrow();
    }

    /** Only what is known to be deleted goes; a folder that nobody knows is kept, whatever became of the records. */
    private void deleteLeftovers() throws IOException {
        for (String id : store.deleted()) {
            folders.delete(id);
            store.forgetDeleted(id);
        }
        Set<String> known = store.ids();
        List<String> unknown =
                folders.ids().stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            LOG.warn("kept {} folders of jobs that are not on record, such as {}", unknown.size(), unknown.get(0));
        }
    }
}
