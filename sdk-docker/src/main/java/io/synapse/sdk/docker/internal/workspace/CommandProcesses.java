package io.synapse.sdk.docker.internal.workspace;

import io.synapse.sdk.internal.http.Deadline;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By what the processes of one command are known: a mark in their environment, and their session. Kept after the command's
 * own end, for what it leaves in the background. Thread-safe.
 */
final class CommandProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(CommandProcesses.class);

    private final String mark = Scripts.word();
    private volatile int processId;
    private volatile boolean ended;
    private final CountDownLatch begun = new CountDownLatch(1);

    /** What they have in the environment variable {@code SYNAPSE_COMMAND}. */
    String mark() {
        return mark;
    }

    /** The id of their session, and of the process group of its first; 0 as long as it is not known. */
    int processId() {
        return processId;
    }

    void started(int id) {
        processId = id;
        begun.countDown();
    }

    /**
     * Waits until its shell has begun, or never will: the engine starts it only some time after it was told to, and before that
     * it is not known which processes are the command's.
     */
    void awaitBegin(Deadline patience) throws InterruptedException {
        if (!begun.await(patience.leftNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("a command has not begun after {}", patience.limit());
        }
    }

    /** Whether the command's shell has ended; processes that it left may run. */
    boolean hasEnded() {
        return ended;
    }

    void shellEnded() {
        ended = true;
        begun.countDown();
    }
}
