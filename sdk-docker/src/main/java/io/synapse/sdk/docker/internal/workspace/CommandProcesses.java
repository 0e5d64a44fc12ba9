package io.synapse.sdk.docker.internal.workspace;

/**
 * By what the processes of one command are known: a mark in their environment, and their session. Kept after the command's
 * own end, for what it leaves in the background. Thread-safe.
 */
final class CommandProcesses {
    private final String mark = Scripts.word();
    private volatile int processId;
    private volatile boolean ended;

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
    }

    /** Whether the command's shell has ended; processes that it left may run. */
    boolean hasEnded() {
        return ended;
    }

    void shellEnded() {
        ended = true;
    }
}
