package io.synapse.sdk.docker.internal.workspace;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much memory a piece of work takes in all: unlike the size of the heap the same in each run. */
final class AllocatedMemory {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedMemory() {}

    /** The bytes that the calling thread allocates in it. */
    static long of(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
