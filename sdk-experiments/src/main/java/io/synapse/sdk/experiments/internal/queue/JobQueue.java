package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.device.Device;
import io.synapse.sdk.experiments.internal.device.Devices;
import io.synapse.sdk.experiments.internal.device.Gpu;
import io.synapse.sdk.experiments.internal.device.Heartbeat;
import io.synapse.sdk.experiments.internal.event.Events;
import io.synapse.sdk.experiments.internal.file.JobLookup;
import io.synapse.sdk.experiments.internal.notification.Notifications;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The jobs and what happens to them. Each change is one transaction with its event, decided by {@link JobDecisions} on what
 * is on record at that moment. Thread-safe.
 */
public final class JobQueue {
    private final DurableTransactions transactions;
    private final JobStore store;
    private final Devices devices;
    private final Events events;
    private final JobDocuments documents;
    private final JobNotices notices;
    private final Leases leases;
    private volatile Listener listener = host -> {};

    /** Who gives work to machines. */
    interface Listener {
        /** There may be work for this machine; null for any. */
        void mayHaveWork(@Nullable String host);
    }

    /**
     * What the answer to a heartbeat tells a worker.
     *
     * @param stop what it runs and is to run no more
     * @param pause which of its jobs are to stand still; the others go on
     */
    public record Orders(Set<String> stop, Set<String> pause) {}

    /**
     * The queue in these records.
     *
     * @param time by which ages are measured
     */
    public JobQueue(
            Jdbi database,
            RunningTime time,
            Devices devices,
            Events events,
            JobDocuments documents,
            Notifications notifications) {
        this.transactions = new DurableTransactions(database);
        this.store = new JobStore(time);
        this.devices = devices;
        this.events = events;
        this.documents = documents;
        this.notices = new JobNotices(notifications);
        this.leases = new Leases(time::nanos, documents.lease());
    }

    DurableTransactions transactions() {
        return transactions;
    }

    JobStore store() {
        return store;
    }

    void listen(Listener next) {
        listener = next;
    }

    /** What others may know of jobs. */
    public JobLookup lookup() {
        return uid -> transactions
                .read(handle -> store.find(handle, uid))
                .map(job -> new JobLookup.Job(
                        job.uid(), job.project(), job.attempt(), job.status().word()));
    }

    /** The config of a job. */
    public Optional<String> config(String uid) {
        return transactions.read(handle -> store.config(handle, uid));
    }

    /** A machine has asked for something. */
    public void hear(String host) {
        leases.hear(host);
    }

    /**
     * Gives the first job that fits to a machine, if there is one.
     *
     * @param isThere whether the machine can be told of it; asked only if there is one
     */
    Optional<Job> claim(String host, BooleanSupplier isThere) {
        Device device = devices.find(host).orElse(null);
        boolean isDraining = device != null && device.isDraining();
        // Read first: machines for which there is nothing ask often, and must not keep others from writing.
        if (isDraining
                || !transactions.read(handle -> store.isAnyFor(handle, host, device, idle(handle, host, device)))
                || !isThere.getAsBoolean()) {
            return Optional.empty();
        }
        return transactions.write(handle -> claim(handle, host, device));
    }

    private List<Gpu> idle(Handle handle, String host, @Nullable Device device) {
        return device == null ? List.of() : devices.idleGpus(device, heldGpus(store.of(handle, host)));
    }

    private Optional<Job> claim(Handle handle, String host, @Nullable Device device) {
        List<Gpu> idle = idle(handle, host, device);
        return store.claim(handle, host, device, idle).map(job -> {
            List<Gpu> gpus = device == null ? List.of() : job.wanted().choose(idle, device);
            String numbers =
                    gpus.stream().map(gpu -> Integer.toString(gpu.id())).collect(Collectors.joining(","));
            store.assign(handle, job.uid(), numbers.isEmpty() ? host : host + ":" + numbers);
            handle.afterCommit(() -> leases.begin(job.uid()));
            return tell(handle, job.uid());
        });
    }

    private static Set<Integer> heldGpus(List<Job> jobs) {
        return jobs.stream()
                .filter(Job::isHeld)
                .flatMap(job -> gpus(job).stream())
                .collect(Collectors.toSet());
    }

    /** The numbers of the GPUs that a job has, or had last. */
    static List<Integer> gpus(Job job) {
        String device = String.valueOf(job.assignedDevice());
        int colon = device.indexOf(':');
        return colon < 0
                ? List.of()
                : Arrays.stream(device.substring(colon + 1).split(","))
                        .map(Integer::valueOf)
                        .toList();
    }

    /** Takes a heartbeat: what it says of jobs. */
    public Orders beat(Heartbeat beat) {
        leases.hear(beat.host());
        List<Job> jobs = jobsOf(beat.host());
        if (beat.activeJobs() != null) {
            boolean isAnyChanged = false;
            for (Job job : jobs) {
                isAnyChanged |= leases.listed(job, beat.isRunning(job.uid(), job.attempt()))
                        .filter(event -> applyAsSeen(job, event))
                        .isPresent();
            }
            jobs = isAnyChanged ? jobsOf(beat.host()) : jobs;
        }
        listener.mayHaveWork(beat.host()); // its GPUs may be idle now
        return orders(jobs, beat);
    }

    private List<Job> jobsOf(String host) {
        return transactions.read(handle -> store.of(handle, host));
    }

    /** What it lists is to stop, but for the present attempts of jobs that it holds. */
    private static Orders orders(List<Job> jobs, Heartbeat beat) {
        Set<String> stop = new LinkedHashSet<>(Objects.requireNonNullElse(beat.activeJobs(), Set.of()));
        Set<String> pause = new LinkedHashSet<>();
        for (Job job : jobs) {
            if (job.isStopping()) {
                stop.add(job.uid());
            } else if (job.isHeld() && beat.isRunning(job.uid(), job.attempt())) {
                stop.remove(job.uid());
            }
            if (job.status() == JobStatus.PAUSED) {
                pause.add(job.uid());
            }
        }
        return new Orders(stop, pause);
    }

    /** Looks for leases that have ended; to be called once a second. */
    public void tick() {
        leases.look();
        Set<String> holders = new HashSet<>();
        for (Job job : transactions.read(store::held)) {
            String host = String.valueOf(job.host());
            holders.add(host);
            leases.overdue(job, host).ifPresent(event -> applyAsSeen(job, event));
        }
        leases.forget(holders);
    }

    /** Applies this unless the job has gone on meanwhile. Whether it changed anything. */
    private boolean applyAsSeen(Job seen, JobEvent event) {
        if (JobDecisions.decide(seen, event) instanceof Verdict.Stand) {
            return false;
        }
        return transactions.write(handle -> store.find(handle, seen.uid())
                .filter(seen::equals)
                .map(job -> !apply(handle, job, event).equals(job))
                .orElse(false));
    }

    /**
     * Applies an event to a job.
     *
     * @throws Failure when there is none of that uid, 404, or its state does not allow it
     */
    public Job apply(String uid, JobEvent event) {
        return transactions.write(handle -> apply(handle, required(handle, uid), event));
    }

    /**
     * Applies an event to a job, if there is one of that uid.
     *
     * @throws Failure when its state does not allow it
     */
    public Optional<Job> applyIfKnown(String uid, JobEvent event) {
        return transactions.write(handle -> store.find(handle, uid).map(job -> apply(handle, job, event)));
    }

    private Job required(Handle handle, String uid) {
        return store.find(handle, uid).orElseThrow(() -> Failure.notFound("Experiment not found: " + uid));
    }

    /**
     * Lets a job wait: one that runs only if its worker can stop it for a while.
     *
     * @throws Failure when there is none of that uid, 404, or its state does not allow it
     */
    public Job pause(String uid) {
        return transactions.write(handle -> {
            Job job = required(handle, uid);
            boolean canWorkerPause = devices.find(String.valueOf(job.host()))
                    .filter(device -> device.beat().canPause())
                    .isPresent();
            return apply(handle, job, new JobEvent.PauseRequested(canWorkerPause));
        });
    }

    /** Does all failed jobs of a sweep again, and returns them. */
    public List<Job> retryFailed(String sweep) {
        return transactions.write(handle -> store.ofSweep(handle, sweep).stream()
                .filter(job -> job.status() == JobStatus.FAILED)
                .map(job -> apply(handle, job, new JobEvent.RetryRequested()))
                .toList());
    }

    Job apply(Handle handle, Job job, JobEvent event) {
        Verdict verdict = JobDecisions.decide(job, event);
        if (verdict instanceof Verdict.Refuse refusal) {
            throw Failure.of(
                    refusal.status(), refusal.status() == 409 ? "Conflict" : "Bad Request", refusal.sentence());
        }
        if (verdict instanceof Verdict.Stand) {
            return job;
        }
        store.apply(handle, job, verdict);
        notices.tell(handle, job, verdict);
        Job changed = tell(handle, job.uid());
        handle.afterCommit(() -> settle(job, changed));
        return changed;
    }

    /** Records the event of a change, and returns the job as it is now. */
    Job tell(Handle handle, String uid) {
        Job job = store.find(handle, uid).orElseThrow();
        events.record(handle, "queue_update", documents.brief(job));
        return job;
    }

    private void settle(Job before, Job after) {
        boolean isNewPhase = before.status() != after.status() || before.isStopping() != after.isStopping();
        if (!after.isHeld()) {
            leases.end(after.uid());
        } else if (isNewPhase) {
            leases.begin(after.uid());
        }
        if (after.status() == JobStatus.QUEUED) {
            listener.mayHaveWork(null);
        } else if (before.isHeld() && !after.isHeld()) {
            listener.mayHaveWork(before.host());
        }
    }

    /**
     * Adds jobs to the end of the queue.
     *
     * @param queued the same jobs, as they are then
     */
    void add(Handle handle, List<NewJob> jobs, List<Job> queued, String now) {
        store.add(handle, jobs, now);
        queued.forEach(job -> events.record(handle, "queue_update", documents.brief(job)));
        handle.afterCommit(() -> listener.mayHaveWork(null));
    }
}
