package io.synapse.sdk.benchmarks.contender;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** How much memory this JVM needed. */
public final class PeakHeap {
    private PeakHeap() {}

    /** The most that each part of the heap ever held, added up: never less than the heap as a whole ever held. */
    public static long bytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
