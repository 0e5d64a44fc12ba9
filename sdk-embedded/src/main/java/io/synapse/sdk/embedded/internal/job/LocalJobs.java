package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of this machine. Each runs as processes of its own that outlive the agent; the records survive a restart. No
 * more run at once than the policy allows, the others wait in the order of their submission. Thread-safe.
 */
public final class LocalJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalJobs.class);
    private static final long LOOK_MILLISECONDS = 50;

    /** Without I, l, O, o and 0, which are mistaken for one another. */
    private static final String ID_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789";

    private static final int ID_LENGTH = 16;

    private final Path directory;
    private final JobStore store;
    private final JobProcesses processes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, JobRecord> jobs = new ConcurrentHashMap<>();
    private final Map<String, JobSupervisor> running = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor watch;
    private volatile RuntimePolicy policy;
    private long submissions;

    /**
     * The jobs on record in this folder, found again.
     *
     * @throws IOException when the folder cannot be used
     */
    public LocalJobs(Path directory, Clock clock) throws IOException {
        this.directory = Files.createDirectories(directory.resolve("jobs"));
        this.store = new JobStore(directory.resolve("agent.db"));
        this.processes = new JobProcesses(directory);
        this.clock = clock;
        this.policy = store.policy();
        for (JobRecord job : store.jobs()) {
            jobs.put(job.id(), job);
            submissions = job.order();
            if (job.status().equals(JobStatus.RUNNING)) {
                supervise(job);
            }
        }
        watch = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "agent-jobs");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::look, 0, LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    /**
     * Takes a job on: it is on record when this returns, and starts when its turn comes.
     *
     * @throws JobConflictException when there is a job of that id already
     */
    public synchronized JobRecord submit(JobRequest request) {
        String id = Optional.ofNullable(request.submissionId()).orElseGet(this::newId);
        if (jobs.containsKey(id)) {
            throw new JobConflictException(
                    "Job with submission_id " + id + " already exists. Please use a different submission_id.");
        }
        JobRecord job = JobRecord.pending(id, ++submissions, request);
        save(job);
        startWhatMayRun();
        return job;
    }

    /** The job of that id. */
    public Optional<JobRecord> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** All jobs, in the order of their submission. */
    public List<JobRecord> list() {
        return jobs.values().stream()
                .sorted(Comparator.comparingLong(JobRecord::order))
                .toList();
    }

    /** How many jobs are running. */
    public int runningCount() {
        return running.size();
    }

    /** Where the log of a job is; the file is there once the job has started. */
    public Path log(String id) {
        return files(id).log();
    }

    /**
     * Asks a job to stop: TERM to all its processes, KILL after 3 s. One that waits for its turn is stopped at once.
     *
     * @throws JobConflictException when it is over already
     */
    public synchronized void stop(String id) {
        JobRecord job = jobs.get(id);
        if (job == null || job.status().isTerminal()) {
            throw new JobConflictException("Job " + id + " is over already; there is nothing to stop.");
        }
        if (running.containsKey(id)) {
            save(job.stopping()); // its supervisor sends the signals
        } else {
            String message = "Job was stopped before it started.";
            save(job.stopping().ended(JobStatus.STOPPED, message, null, clock.instant(), null));
        }
    }

    /**
     * Forgets a job that is over, its log too.
     *
     * @throws JobConflictException when it is not over
     */
    public synchronized void delete(String id) throws IOException {
        JobRecord job = jobs.get(id);
        if (job != null && !job.status().isTerminal()) {
            throw new JobConflictException(
                    "Attempted to delete job " + id + ", but it is in a non-terminal state " + job.status() + ".");
        }
        store.delete(id);
        jobs.remove(id);
        files(id).delete();
    }

    /** What is allowed to run. */
    public RuntimePolicy policy() {
        return policy;
    }

    /** Changes what is allowed to run, from now on. */
    public synchronized void policy(RuntimePolicy changed) {
        store.save(changed);
        policy = changed;
        startWhatMayRun();
    }

    /** Stops all jobs for good and waits until they are gone. */
    public void stopAll() {
        synchronized (this) {
            list().stream().filter(job -> !job.status().isTerminal()).forEach(job -> stop(job.id()));
        }
        while (!running.isEmpty()) {
            look();
        }
    }

    /** Stops watching; the jobs' processes go on. */
    @Override
    public void close() {
        watch.shutdownNow();
        try {
            watch.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look at every running job, and at the queue. */
    private synchronized void look() {
        for (JobSupervisor supervisor : new ArrayList<>(running.values())) {
            try {
                supervisor.look().ifPresent(this::finish);
            } catch (IOException | RuntimeException e) {
                LOG.error("cannot look after job {}; will try again", supervisor.id(), e);
            }
        }
        try {
            startWhatMayRun();
        } catch (RuntimeException e) {
            LOG.error("cannot start the next job; will try again", e);
        }
    }

    private void finish(JobRecord ended) {
        save(ended);
        running.remove(ended.id());
    }

    private void startWhatMayRun() {
        for (JobRecord job : list()) {
            int most = policy.maxConcurrentJobs();
            if (most > 0 && running.size() >= most) {
                return;
            }
            if (job.status().equals(JobStatus.PENDING)) {
                start(job);
            }
        }
    }

    /** On record first, then started: an agent that dies in between starts it again, which has no effect twice. */
    private void start(JobRecord pending) {
        JobRecord job = pending.started(clock.instant());
        save(job);
        supervise(job);
    }

    private void supervise(JobRecord job) {
        JobSupervisor supervisor =
                new JobSupervisor(job.id(), () -> jobs.getOrDefault(job.id(), job), files(job.id()), clock);
        running.put(job.id(), supervisor);
        try {
            supervisor.start(processes, this::save);
        } catch (IOException e) {
            String message = "Job could not be started: " + e.getMessage();
            finish(job.ended(JobStatus.FAILED, message, "JOB_ENTRYPOINT_COMMAND_START_ERROR", clock.instant(), null));
        }
    }

    private void save(JobRecord job) {
        store.save(job);
        jobs.put(job.id(), job);
    }

    private JobFiles files(String id) {
        return new JobFiles(directory.resolve(id));
    }

    private String newId() {
        StringBuilder id = new StringBuilder("raysubmit_");
        random.ints(ID_LENGTH, 0, ID_ALPHABET.length()).forEach(index -> id.append(ID_ALPHABET.charAt(index)));
        return id.toString();
    }
}
