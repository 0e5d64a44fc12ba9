package io.synapse.sdk.experiments.internal.queue;

import io.synapse.sdk.embedded.internal.FileTree;
import io.synapse.sdk.experiments.internal.RunningTime;
import io.synapse.sdk.experiments.internal.event.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Removes jobs that have been over for long, with their logs. Thread-safe. */
public final class Cleanup {
    private final JobQueue queue;
    private final Events events;
    private final RunningTime time;
    private final Path logs;

    /**
     * Removes from this queue.
     *
     * @param logs the folder with a folder for each job
     */
    public Cleanup(JobQueue queue, Events events, RunningTime time, Path logs) {
        this.queue = queue;
        this.events = events;
        this.time = time;
        this.logs = logs;
    }

    /** Removes those that ended before so much of the server's running time, and returns how many they were. */
    public int removeOlderThan(Duration age) {
        List<String> removed = queue.transactions().write(handle -> {
            List<String> old = handle.createQuery("""
                            SELECT uid FROM job WHERE status IN ('completed', 'failed', 'cancelled', 'expired')
                              AND stopping = 0 AND ended_running <= ?
                            """)
                    .bind(0, time.millis() - age.toMillis())
                    .mapTo(String.class)
                    .list();
            for (String uid : old) {
                queue.store().delete(handle, uid);
                events.record(handle, "queue_update", Map.of("action", "removed", "experiment_uid", uid));
            }
            return old;
        });
        removed.forEach(this::deleteLogs);
        return removed.size();
    }

    private void deleteLogs(String uid) {
        try {
            FileTree.delete(logs.resolve(uid));
        } catch (IOException e) {
            throw new UncheckedIOException("the logs of the removed job " + uid + " cannot be deleted", e);
        }
    }
}
