package io.synapse.sdk.experiments.internal.worker;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.LogLostException;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.embedded.internal.OwnerOnly;
import io.synapse.sdk.job.JobOperations;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The output of a job as a file here, which grows. Used by one thread. */
final class JobOutput implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JobOutput.class);
    private static final long PAUSE_SECONDS = 1;

    private final Path file;
    private final @Nullable Thread follower;
    private volatile boolean isComplete;
    private volatile boolean isClosed;
    private volatile @Nullable LogStream stream;

    private JobOutput(Path file, @Nullable JobOperations jobs, String id) {
        this.file = file;
        this.isComplete = jobs == null;
        this.follower =
                jobs == null ? null : new DaemonThreads("experiment-worker-log").newThread(() -> follow(jobs, id));
    }

    /** What the process writes itself. */
    static JobOutput of(Path file) {
        return new JobOutput(file, null, "");
    }

    /** What is copied from elsewhere. */
    static JobOutput followed(JobOperations jobs, String id, Path file) {
        return new JobOutput(file, jobs, id);
    }

    /** Begins to copy, once the job has started: from its beginning, which is the same if it is copied again. */
    void follow() {
        if (follower != null && follower.getState() == Thread.State.NEW) {
            follower.start();
        }
    }

    /** The file, which need not be there yet. */
    Path file() {
        return file;
    }

    /** Whether all is there that the job has written, once it is over. */
    boolean isComplete() {
        return isComplete;
    }

    private void follow(JobOperations jobs, String id) {
        try {
            while (!isClosed && !isComplete) {
                isComplete = copy(jobs, id);
                if (!isComplete) {
                    TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                }
            }
        } catch (InterruptedException | CallCancelledException e) {
            LOG.debug("the log of {} is not followed any more", id);
        }
    }

    /** Whether it came to the end of the log. */
    private boolean copy(JobOperations jobs, String id) {
        try (FileChannel channel = FileChannel.open(
                        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), OwnerOnly.file());
                LogStream log = jobs.tailJobLogs(id)) {
            stream = log;
            if (isClosed) {
                return false;
            }
            log.transferTo(Channels.newOutputStream(channel));
            channel.truncate(channel.position());
            return true;
        } catch (LogLostException | NotFoundException e) {
            LOG.warn("the rest of the log of {} is lost: {}", id, e.getMessage());
            return true;
        } catch (CallCancelledException e) {
            throw e;
        } catch (ClientException | IOException e) {
            LOG.warn("the log of {} will be read again: {}", id, e.getMessage());
            return false;
        }
    }

    /** Copies no more. */
    @Override
    public void close() {
        isClosed = true;
        LogStream open = stream;
        if (open != null) {
            open.close();
        }
        if (follower != null) {
            follower.interrupt();
        }
    }
}
