package io.synapse.sdk.benchmarks.contender.experiments;

import java.util.Arrays;
import java.util.concurrent.Callable;

/** How long calls took. Thread-safe. */
final class Times {
    private long[] nanos = new long[1 << 10];
    private int count;

    /** Takes one more. */
    synchronized void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    /** Makes a call and takes its time. */
    <T> T time(Callable<T> call) throws Exception {
        long start = System.nanoTime();
        T result = call.call();
        add(System.nanoTime() - start);
        return result;
    }

    /** Begins again: what was before was practice. */
    synchronized void forget() {
        count = 0;
    }

    /** How many there are. */
    synchronized int count() {
        return count;
    }

    /** Prints the median, the 99th percentile and the longest, in milliseconds. */
    synchronized void print(String name) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        System.out.println("p50." + name + "=" + sorted[count / 2] / 1e6);
        System.out.println("p99." + name + "=" + sorted[(int) (0.99 * count)] / 1e6);
        System.out.println("max." + name + "=" + sorted[count - 1] / 1e6);
    }
}
