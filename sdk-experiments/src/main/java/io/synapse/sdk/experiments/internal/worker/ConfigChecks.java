package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.embedded.internal.FileRange;
import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.experiments.internal.worker.ServerContact.Outcome;
import io.synapse.sdk.job.Job;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The configs that the server wants this worker to check, one after another: each by a program that runs as jobs do, but sees
 * no GPU, and leaves nothing (wire/experiments.md, section 16). Thread-safe.
 */
public final class ConfigChecks implements AutoCloseable {
    /** Less than the server waits. */
    private static final Duration LONGEST = Duration.ofSeconds(100);

    private static final int MAX_OUTPUT = 64 << 10;

    /** Those by which shells and timeout(1) say the same. */
    private static final int CANNOT_START = 126;

    private static final int TIMED_OUT = 124;

    private static final Map<String, String> NO_GPU = Map.of("CUDA_VISIBLE_DEVICES", "");

    private final WorkerParts parts;
    private final JobPlace place;
    private final Path directory;
    private final ServerContact contact;
    private final ServerContact placeContact;
    private final Set<String> wanted = new LinkedHashSet<>();
    private final WorkLoop loop = new WorkLoop("checks", this::step);
    private final Queue<TakenJob> leftovers = new ArrayDeque<>();
    private @Nullable Check running;

    /**
     * @param place where programs run, with the command that checks a config
     * @param directory for their folders
     */
    public ConfigChecks(WorkerParts parts, JobPlace place, Path directory) {
        this.parts = parts;
        this.place = place;
        this.directory = directory;
        contact = parts.contact("checks of configs at the server");
        placeContact = parts.contact("checks of configs where they run");
    }

    /** A program that checks a config, and when it is to be over. */
    private record Check(String id, TakenJob job, JobOutput output, long deadline) {
        boolean isLate() {
            return System.nanoTime() - deadline >= 0;
        }
    }

    private record Answer(int exitCode, String output) {}

    /** What a call got. */
    private static final class Seen {
        private String config = "";
        private Optional<Job> job = Optional.empty();
    }

    /** Begins, with the end of what an earlier process of the worker left. */
    void start() throws IOException {
        OwnerOnly.folder(directory);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(directory)) {
            folders.forEach(folder -> leftovers.add(job(String.valueOf(folder.getFileName()))));
        }
        loop.start();
    }

    /** The server waits for these. */
    void want(Collection<String> ids) {
        synchronized (wanted) {
            wanted.retainAll(ids);
            wanted.addAll(ids);
        }
        if (!ids.isEmpty()) {
            loop.wake();
        }
    }

    private Duration step() {
        Check check = running;
        if (!leftovers.isEmpty()) {
            clear(leftovers.element());
        } else if (check == null) {
            next().ifPresent(this::begin);
        } else {
            look(check);
        }
        return parts.look();
    }

    private void clear(TakenJob job) {
        Seen seen = new Seen();
        if (placeContact.call(() -> seen.job = place.find(job)) != Outcome.DONE) {
            return;
        }
        if (seen.job.filter(found -> !found.status().isTerminal()).isPresent()) {
            placeContact.call(() -> place.stop(job));
            return;
        }
        remove(job);
        leftovers.remove();
    }

    private Optional<String> next() {
        synchronized (wanted) {
            return wanted.stream().findFirst();
        }
    }

    private void begin(String id) {
        Seen seen = new Seen();
        Outcome asked = contact.call(() ->
                seen.config = parts.server().perform(Endpoint.get("api/queue/check/{}", ResponseType.text(), id)));
        if (asked == Outcome.REFUSED) {
            forget(id);
        }
        if (asked != Outcome.DONE) {
            return;
        }
        TakenJob job = job("check-" + UUID.randomUUID()); // one that is begun again is another job
        JobFolder folder = folder(job);
        Check check = new Check(id, job, place.output(job, folder), System.nanoTime() + LONGEST.toNanos());
        Outcome started = placeContact.call(() -> {
            OwnerOnly.folder(folder.path());
            JobFolder.write(folder.config(), seen.config);
            place.submit(job, folder);
        });
        if (started == Outcome.DONE) {
            running = check;
        } else if (started == Outcome.REFUSED) {
            end(check, new Answer(CANNOT_START, "it could not be started: " + placeContact.refusal()));
        }
    }

    private void look(Check check) {
        Seen seen = new Seen();
        if (placeContact.call(() -> seen.job = place.find(check.job())) != Outcome.DONE) {
            return;
        }
        Job job = seen.job.orElse(null);
        if (job == null) {
            end(check, new Answer(CANNOT_START, "its job was deleted where it ran"));
            return;
        }
        if (!job.status().equals(JobStatus.PENDING)) {
            check.output().follow();
        }
        if (job.status().isTerminal() && check.output().isComplete()) {
            end(check, answer(check, job));
        } else if (check.isLate()) {
            placeContact.call(() -> place.stop(check.job()));
        }
    }

    private static Answer answer(Check check, Job job) {
        String output = lastOf(check.output().file());
        if (job.status().equals(JobStatus.SUCCEEDED)) {
            return new Answer(0, output);
        }
        if (job.status().equals(JobStatus.STOPPED)) {
            return new Answer(TIMED_OUT, output + "\nstopped after " + LONGEST.toSeconds() + " s\n");
        }
        long code = Objects.requireNonNullElse(job.driverExitCode(), 1L);
        return new Answer((int) code, output);
    }

    private static String lastOf(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] last = FileRange.read(channel, Math.max(0, channel.size() - MAX_OUTPUT), MAX_OUTPUT);
            return new String(last, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "the output cannot be read: " + e.getMessage();
        }
    }

    /** Tells the server, unless it does not want to know any more, and removes what there was. */
    private void end(Check check, Answer answer) {
        running = check; // until the server has been told
        Outcome told = contact.call(() -> parts.server()
                .perform(Endpoint.post("api/queue/check/{}", ResponseType.object(), check.id())
                        .json(Map.of("exit_code", answer.exitCode(), "output", answer.output()))));
        if (told == Outcome.LATER) {
            return;
        }
        forget(check.id());
        check.output().close();
        remove(check.job());
        running = null;
    }

    private void remove(TakenJob job) {
        placeContact.call(() -> place.forget(job));
        placeContact.call(() -> FileTree.delete(folder(job).path()));
    }

    private JobFolder folder(TakenJob job) {
        return new JobFolder(directory.resolve(job.uid()));
    }

    private void forget(String id) {
        synchronized (wanted) {
            wanted.remove(id);
        }
    }

    private static TakenJob job(String name) {
        return new TakenJob(name, 1, "check", null, NO_GPU);
    }

    /** Stops what runs. */
    @Override
    public void close() {
        loop.close();
        Check check = running;
        if (check != null) {
            placeContact.call(() -> place.stop(check.job()));
            check.output().close();
        }
    }
}
