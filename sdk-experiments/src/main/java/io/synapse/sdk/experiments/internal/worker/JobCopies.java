package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.SyncTarget;
import io.synapse.sdk.experiments.internal.worker.ServerContact.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what a job writes to the server: its output, and the files of its runs. Not thread-safe. */
final class JobCopies {
    private static final Logger LOG = LoggerFactory.getLogger(JobCopies.class);
    private static final String LOG_FILE = "terminal_log.log";

    private final ExperimentClient server;
    private final ServerContact contact;
    private final TakenJob job;
    private final JobFolder folder;
    private final EarlierRows earlier;
    private final FileCopy log;
    private final Map<String, FileCopy> runFiles = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();

    JobCopies(ExperimentClient server, ServerContact contact, TakenJob job, JobFolder folder, Path output) {
        this.server = server;
        this.contact = contact;
        this.job = job;
        this.folder = folder;
        this.earlier = new EarlierRows(folder, System::nanoTime);
        this.log = new FileCopy(server, job, SyncTarget.EXPERIMENT, LOG_FILE, output, true);
    }

    /**
     * Copies what is new.
     *
     * @param isOver whether the job writes nothing more
     * @return whether the server has all that it wants to have and that can be read
     */
    boolean copy(boolean isOver) {
        if (!contact.isOpen()) {
            return false;
        }
        boolean isDone = copy(LOG_FILE, isOver, () -> log.copy(isOver));
        for (Path file : runFiles()) {
            isDone &= copyRunFile(file, isOver);
        }
        return isDone;
    }

    /** Whether there is more of the output, and the server takes it now. */
    boolean isBehind() {
        return log.isBehind() && contact.isOpen();
    }

    private List<Path> runFiles() {
        try {
            return folder.runFiles(job.project());
        } catch (IOException | DirectoryIteratorException e) {
            tellUnreadable("logs", e);
            return List.of();
        }
    }

    private boolean copyRunFile(Path file, boolean isOver) {
        String name = file.getFileName().toString();
        return copy(name, isOver, () -> {
            Path whole = earlier.withRowsOf(file, isOver);
            runFiles.computeIfAbsent(name, each -> new FileCopy(server, job, SyncTarget.RUN, name, whole, false))
                    .copy(isOver);
        });
    }

    /**
     * A file that is refused is not sent again until the job is over: what is refused may be the name of its run. One that cannot
     * be read here keeps neither the others nor the end of the job from the server.
     */
    private boolean copy(String name, boolean isOver, ServerContact.Call copying) {
        if (!isOver && refused.contains(name)) {
            return true;
        }
        Outcome outcome = contact.call(copying, why -> tellUnreadable(name, why));
        if (outcome == Outcome.REFUSED) {
            LOG.warn("{} of job {} is not copied: {}", name, job.uid(), contact.refusal());
            refused.add(name);
        }
        return outcome != Outcome.LATER;
    }

    private void tellUnreadable(String name, Exception why) {
        if (unreadable.add(name)) {
            LOG.warn("{} of job {} cannot be read, and is not copied as it is now", name, job.uid(), why);
        }
    }
}
