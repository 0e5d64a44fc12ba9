package io.synapse.sdk.embedded.internal.ray;

import io.synapse.sdk.LogStream;
import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.embedded.internal.log.LogText;
import io.synapse.sdk.job.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The log of a job that runs on a cluster.
 *
 * @param copies where it is copied for those who follow it
 * @param job as it was when the log was asked for
 */
record ClusterLog(Cluster cluster, LogCopies copies, Job job) implements Log {
    @Override
    public String identity() {
        Instant started = job.startTime();
        return job.id() + "-" + (started == null ? 0 : started.toEpochMilli());
    }

    /** A reader may know more of a log than a copy that has only begun. */
    @Override
    public long largestOffset() {
        return copies.complete(job).map(file -> file.toFile().length()).orElse(Long.MAX_VALUE);
    }

    /** Of a job that still runs, the cluster gives its log as it is now in one piece only, which this holds. */
    @Override
    public void copyTo(OutputStream target) throws IOException {
        Path file = copies.complete(job).orElse(null);
        if (file != null && Files.exists(file)) {
            LogText.copy(file, target);
        } else if (job.status().isTerminal()) {
            cluster.ask(client -> copied(client.tailJobLogs(job.id(), LogCopy.EVERYTHING), target));
        } else {
            target.write(cluster.ask(client -> client.getJobLogs(job.id())).getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public Followed follow() throws IOException {
        return copies.follow(job);
    }

    private static long copied(LogStream log, OutputStream target) {
        try (log) {
            return log.transferTo(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
