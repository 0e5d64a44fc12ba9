package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiment.AssignedJob;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs that a worker has, each with a thread that goes on with it. Thread-safe. */
public final class HeldJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldJobs.class);

    private static final String ROOM = " ".repeat(64 << 10);

    private final WorkerParts parts;
    private final Path directory;
    private final BooleanSupplier mayStart;
    private final Runnable onEnd;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private record Held(JobRun run, WorkLoop loop) {}

    /**
     * @param directory for the folders of jobs
     * @param mayStart whether the server has been asked which jobs of an earlier process are to go on
     * @param onEnd called when one is over
     */
    HeldJobs(WorkerParts parts, Path directory, BooleanSupplier mayStart, Runnable onEnd) {
        this.parts = parts;
        this.directory = directory;
        this.mayStart = mayStart;
        this.onEnd = onEnd;
    }

    /** Goes on with what an earlier process of the worker had. */
    void resume() throws IOException {
        List<TakenJob> taken = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory)) {
            for (Path path : folders) {
                taken(new JobFolder(path)).ifPresent(taken::add);
            }
        }
        taken.sort(Comparator.comparingInt(TakenJob::attempt)); // the last one of a job is the one that goes on
        for (TakenJob job : taken) {
            LOG.info("goes on with attempt {} of job {}", job.attempt(), job.uid());
            begin(job, folder(job));
        }
    }

    /** A record that cannot be read keeps no other job from going on; the server gives the job to another worker. */
    private static Optional<TakenJob> taken(JobFolder folder) {
        try {
            return Optional.ofNullable(folder.taken());
        } catch (IOException | IllegalStateException e) {
            LOG.error("the job in {} cannot be taken up", folder.path(), e);
            return Optional.empty();
        }
    }

    private JobFolder folder(TakenJob job) {
        return new JobFolder(directory.resolve(job.submissionId()));
    }

    /**
     * Makes sure that a job can be put on record: one that is given to a worker that cannot is lost for a minute.
     *
     * @throws IOException when it cannot, as on a full disk
     */
    void requireRoom() throws IOException {
        Path file = directory.resolve("room");
        OwnerOnly.write(file, ROOM);
        Files.delete(file);
    }

    /**
     * Takes a job that the server gave.
     *
     * @throws IOException when it cannot be put on record: it is not started then
     */
    void take(AssignedJob assigned) throws IOException {
        TakenJob job = TakenJob.of(assigned);
        JobFolder folder = folder(job);
        if (!held.containsKey(job.submissionId())) {
            LOG.info("takes attempt {} of job {}", job.attempt(), job.uid());
            folder.take(job);
            begin(job, folder);
        }
    }

    /** An earlier attempt that still runs here ends before the next one starts. */
    private void begin(TakenJob job, JobFolder folder) {
        List<JobRun> earlier = ofUid(job.uid());
        earlier.forEach(JobRun::giveBack);
        JobRun run = new JobRun(
                parts,
                job,
                folder,
                () -> mayStart.getAsBoolean() && earlier.stream().allMatch(JobRun::isOver));
        WorkLoop loop = new WorkLoop("job", () -> step(run));
        held.put(job.submissionId(), new Held(run, loop));
        loop.start();
    }

    private Duration step(JobRun run) {
        if (!run.step()) {
            return run.isBehind() ? Duration.ZERO : parts.look();
        }
        held.remove(run.job().submissionId());
        onEnd.run();
        return WorkLoop.DONE;
    }

    private List<JobRun> ofUid(String uid) {
        return runs().stream().filter(run -> run.job().uid().equals(uid)).toList();
    }

    private Collection<JobRun> runs() {
        return held.values().stream().map(Held::run).toList();
    }

    /** The attempts by the uids of their jobs: of each job the newest. */
    public Map<String, Integer> attempts() {
        Map<String, Integer> attempts = new TreeMap<>();
        runs().forEach(run -> attempts.merge(run.job().uid(), run.job().attempt(), Math::max));
        return attempts;
    }

    /** How many jobs there are. */
    int size() {
        return held.size();
    }

    /**
     * The server wants these to run no more.
     *
     * @param attempts the newest of each job that is meant: a later one has been given since
     */
    void stop(Map<String, Integer> attempts) {
        held.values().stream()
                .filter(each -> each.run().job().attempt()
                        <= attempts.getOrDefault(each.run().job().uid(), 0))
                .forEach(each -> {
                    each.run().stop();
                    each.loop().wake();
                });
    }

    /** The server wants these to be suspended, and the others to go on. */
    void pause(Collection<String> uids) {
        for (Held each : held.values()) {
            JobRun run = each.run();
            if (run.pause().want(uids.contains(run.job().uid()))) {
                each.loop().wake();
            }
        }
    }

    /** The uids of those that are suspended. */
    List<String> paused() {
        return runs().stream()
                .filter(run -> run.pause().isInEffect())
                .map(run -> run.job().uid())
                .toList();
    }

    /** Ends the processes of all, for other workers to do them again. Waits until they are gone, at most for so long. */
    void giveBackAll(Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        List<Held> all = List.copyOf(held.values());
        all.forEach(each -> {
            each.run().giveBack();
            each.loop().wake();
        });
        for (Held each : all) {
            each.loop().join(Duration.ofNanos(end - System.nanoTime()));
        }
    }

    /** Leaves the jobs as they are to the next process of the worker. */
    @Override
    public void close() {
        List<Held> open = new ArrayList<>(held.values());
        open.forEach(each -> each.loop().close());
        open.forEach(each -> each.run().close());
    }
}
