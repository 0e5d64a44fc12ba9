package io.synapse.sdk.embedded.internal.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A job of an agent on this machine, as it is seen in that agent's data directory: what is done here needs no agent and changes
 * none of its records. Thread-safe.
 */
public final class LocalJob {
    private final JobFiles files;

    /**
     * @param directory the agent's data directory
     * @param id the job, which need not have started
     */
    public LocalJob(Path directory, String id) {
        files = new JobFiles(directory.resolve(JobRunner.FOLDER).resolve(id));
    }

    /** Its log; the file is there once it has started. */
    public Path log() {
        return files.log();
    }

    /**
     * Suspends its processes with SIGSTOP, which none can catch. They keep their memory, that of a GPU too. A job that is to stop
     * goes on, and so can end in order.
     *
     * @return whether all are suspended; if not, some are just being started, and it is to be called again
     * @throws IOException when its processes cannot be found, or no signal can be sent
     */
    public boolean suspend() throws IOException {
        Optional<ProcessIdentity> leader = files.claim();
        return leader.isPresent() && files.members(leader.get()).suspend();
    }

    /**
     * Has its processes go on, if they are suspended.
     *
     * @throws IOException when its processes cannot be found, or no signal can be sent
     */
    public void resume() throws IOException {
        Optional<ProcessIdentity> leader = files.claim();
        if (leader.isPresent()) {
            JobMembers.resume(files.members(leader.get()).alive());
        }
    }
}
