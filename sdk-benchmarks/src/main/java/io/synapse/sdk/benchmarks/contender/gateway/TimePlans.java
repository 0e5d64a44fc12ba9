package io.synapse.sdk.benchmarks.contender.gateway;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Times several ways to ask for a plan, one call after the other. The ways take turns every few milliseconds in one JVM,
 * so that what slows the machine down slows all of them down, and a difference of a few microseconds can be seen.
 */
public final class TimePlans {
    private static final int CALLS_A_TURN = 50;

    /** More than a cache of fallbacks keeps, so that it has its work as with requests that differ. */
    private static final int TASKS = 5_000;

    private static final int STEPS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    private final PlanCaller caller;
    private long[] nanos = new long[1 << 16];
    private int calls;
    private long bytes;

    private TimePlans(PlanCaller caller) {
        this.caller = caller;
    }

    /**
     * Runs it.
     *
     * @param args the protocol, the address, how many seconds to practise and to measure, and the ways
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Map<String, TimePlans> all = new HashMap<>();
        List<String> ways = new ArrayList<>(List.of(args).subList(4, args.length));
        for (String way : ways) {
            all.put(way, new TimePlans(PlanCaller.of(args[0] + " " + way, args[1])));
        }
        inTurn(all, ways, Integer.parseInt(args[2]));
        all.values().forEach(TimePlans::forget);
        inTurn(all, ways, Integer.parseInt(args[3]));
        all.forEach((way, measured) -> measured.print(way));
        System.exit(0);
    }

    /** In another order each time, so that none has the same predecessor always. */
    private static void inTurn(Map<String, TimePlans> all, List<String> ways, int seconds)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int turn = 0; System.nanoTime() < end; turn++) {
            for (int number = 0; number < ways.size(); number++) {
                int next = (turn + (turn / ways.size() % 2 == 0 ? number : ways.size() - number)) % ways.size();
                TimePlans measured = all.get(ways.get(next));
                if (measured != null) {
                    measured.takeTurn();
                }
            }
        }
    }

    private void takeTurn() throws IOException, InterruptedException {
        Map<Long, Long> before = allocated();
        for (int call = 0; call < CALLS_A_TURN; call++) {
            String task = "a todo app, number " + calls % TASKS;
            long start = System.nanoTime();
            int steps = caller.steps(task);
            long took = System.nanoTime() - start;
            if (steps != STEPS) {
                throw new IllegalStateException("not the plan that was asked for");
            }
            if (calls == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * calls);
            }
            nanos[calls++] = took;
        }
        allocated().forEach((thread, now) -> bytes += now - before.getOrDefault(thread, 0L));
    }

    /** What each thread has allocated so far: those of the libraries too. */
    private static Map<Long, Long> allocated() {
        long[] ids = THREADS.getAllThreadIds();
        long[] each = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> all = new HashMap<>();
        for (int thread = 0; thread < ids.length; thread++) {
            all.put(ids[thread], Math.max(0, each[thread]));
        }
        return all;
    }

    private void forget() {
        calls = 0;
        bytes = 0;
    }

    private void print(String way) {
        long[] sorted = Arrays.copyOf(nanos, calls);
        Arrays.sort(sorted);
        System.out.println("p50." + way + "=" + sorted[calls / 2] / 1e3);
        System.out.println("p99." + way + "=" + sorted[(int) (0.99 * calls)] / 1e3);
        System.out.println("bytes." + way + "=" + (double) bytes / calls);
    }
}
