package io.synapse.sdk.benchmarks.contender;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** One way to follow a log. */
interface Follower {
    /**
     * Follows a log to its end.
     *
     * @return what came: lines, or events where only those are looked at
     */
    long follow(String url, String jobId) throws Exception;

    /**
     * Follows one log for practice and another on the clock.
     *
     * @param args the server's URL, the job to be timed, and after that any number of jobs to practise on
     */
    static void time(Follower follower, String... args) throws Exception {
        for (int practice = 2; practice < args.length; practice++) {
            follower.follow(args[0], args[practice]);
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        long came = follower.follow(args[0], args[1]);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println("came=" + came);
        System.out.println("seconds=" + seconds);
        System.out.println("cpu_seconds=" + (system.getProcessCpuTime() - cpu) / 1e9);
        System.out.println("peak_heap_bytes=" + PeakHeap.bytes());
        System.exit(0); // not after the seconds for which idle connections are kept
    }
}
