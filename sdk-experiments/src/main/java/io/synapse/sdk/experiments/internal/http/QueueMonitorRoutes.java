package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.PeriodicTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the server watches over the queue. The original watches the folders of jobs and indexes their files; this server reads
 * them when it is asked for them, so that a new index changes nothing.
 *
 * @param periodic what looks after leases
 * @param logs the folder with a folder for each job
 */
public record QueueMonitorRoutes(PeriodicTasks periodic, Path logs) {
    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/queue/monitor/status", this::status);
        routes.post("/api/queue/reindex", this::reindex);
    }

    private void status(Context request) {
        Replies.data(
                request,
                Map.of(
                        "is_running", periodic.isRunning(),
                        "queue_logs_dir", String.valueOf(logs.getFileName()),
                        "observer_alive", periodic.isRunning()));
    }

    private void reindex(Context request) throws IOException {
        long count = 0;
        if (Files.isDirectory(logs)) {
            try (Stream<Path> files = Files.walk(logs, 2)) {
                count = files.filter(Files::isRegularFile).count();
            }
        }
        Replies.data(request, Map.of("message", "Reindexed " + count + " files", "indexed", count));
    }
}
