package io.synapse.sdk.embedded.internal;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that do not keep the JVM running.
 *
 * @param name the name of each
 */
public record DaemonThreads(String name) implements ThreadFactory {
    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
