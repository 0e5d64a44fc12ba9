package io.synapse.sdk.embedded.internal.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many CPUs and how much memory this machine has, and how much of them is in use right now.
 *
 * @param cpus number of CPUs this process may use
 * @param busyCpus how many of them were busy during the last minute, 0 to {@code cpus}
 * @param memory main memory
 */
public record MachineLoad(int cpus, double busyCpus, Memory memory) {
    /** Reads the figures of this moment; cheap enough for every request. */
    public static MachineLoad measure() {
        int cpus = Runtime.getRuntime().availableProcessors();
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new MachineLoad(cpus, busyCpus(system, cpus), Memory.measure(system));
    }

    private static double busyCpus(OperatingSystemMXBean system, int cpus) {
        // An average over the last minute: the load since the last question, which the JVM offers too, is noise when
        // two
        // questions follow one another. It serves where there is no average (negative), as on Windows.
        double runnable = system.getSystemLoadAverage();
        double busy = runnable >= 0 ? runnable : system.getCpuLoad() * cpus;
        return Math.min(cpus, Math.max(0, busy));
    }
}
