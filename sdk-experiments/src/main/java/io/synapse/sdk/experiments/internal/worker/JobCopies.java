package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.SyncTarget;
import io.synapse.sdk.experiments.internal.worker.ServerContact.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Copies what a job writes to the server: its output, and the files of its runs. Not thread-safe. */
final class JobCopies {
    private static final String LOG = "terminal_log.log";

    private final ExperimentClient server;
    private final ServerContact contact;
    private final TakenJob job;
    private final JobFolder folder;
    private final EarlierRows earlier;
    private final FileCopy log;
    private final Map<String, FileCopy> runFiles = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    JobCopies(ExperimentClient server, ServerContact contact, TakenJob job, JobFolder folder, Path output) {
        this.server = server;
        this.contact = contact;
        this.job = job;
        this.folder = folder;
        this.earlier = new EarlierRows(folder);
        this.log = new FileCopy(server, job, SyncTarget.EXPERIMENT, LOG, output, true);
    }

    /**
     * Copies what is new.
     *
     * @param isOver whether the job writes nothing more
     * @return whether the server has all that it wants to have
     */
    boolean copy(boolean isOver) throws IOException {
        if (!contact.isOpen()) {
            return false;
        }
        boolean isDone = copy(LOG, log, isOver);
        for (Path file : folder.runFiles(job.project())) {
            String name = file.getFileName().toString();
            Path whole = earlier.withRowsOf(file);
            FileCopy copy = runFiles.computeIfAbsent(
                    name, each -> new FileCopy(server, job, SyncTarget.RUN, name, whole, false));
            isDone &= copy(name, copy, isOver);
        }
        return isDone;
    }

    /** A file that is refused is not sent again until the job is over: what is refused may be the name of its run. */
    private boolean copy(String name, FileCopy copy, boolean isOver) {
        if (!isOver && refused.contains(name)) {
            return true;
        }
        Outcome outcome = contact.call(() -> copy.copy(isOver));
        if (outcome == Outcome.REFUSED) {
            refused.add(name);
        }
        return outcome != Outcome.LATER;
    }
}
