package io.synapse.sdk.benchmarks;

import io.synapse.sdk.ClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Calls that arrived at random, whatever those before them took, each on a thread of its own.
 *
 * @param all in the order of their arrival
 */
record ArrivingCalls(List<Ended> all) {
    private static final int THREADS = 300;

    /**
     * A call that is over.
     *
     * @param arrival when it arrived, on the clock of {@link System#nanoTime}
     * @param millis how long it took from then on
     * @param failure how it failed; empty if it did not
     */
    record Ended(long arrival, double millis, Optional<ClientException> failure) {
        boolean isAnswered() {
            return failure.isEmpty();
        }
    }

    /**
     * Makes calls.
     *
     * @param perSecond how many arrive in a second, on the average
     * @param random when they arrive
     */
    static ArrivingCalls perform(int perSecond, int calls, Random random, Runnable call) throws InterruptedException {
        return performWhile(number -> number < calls, perSecond, random, call);
    }

    /** The same, as long as the condition holds of the number of calls so far. */
    static ArrivingCalls performWhile(IntPredicate condition, int perSecond, Random random, Runnable call)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Ended>> running = new ArrayList<>();
            double arrival = System.nanoTime();
            for (int number = 0; condition.test(number); number++) {
                arrival -= TimeUnit.SECONDS.toNanos(1) * Math.log(1 - random.nextDouble()) / perSecond;
                long start = (long) arrival;
                for (long left = start - System.nanoTime(); left > 0; left = start - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                running.add(threads.submit(() -> perform(start, call)));
            }
            List<Ended> ended = new ArrayList<>();
            for (Future<Ended> each : running) {
                ended.add(each.get());
            }
            return new ArrivingCalls(ended);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdown();
        }
    }

    private static Ended perform(long arrival, Runnable call) {
        Optional<ClientException> failure = Optional.empty();
        try {
            call.run();
        } catch (ClientException e) {
            failure = Optional.of(e);
        }
        return new Ended(arrival, (System.nanoTime() - arrival) / 1e6, failure);
    }

    /** Those that were answered. */
    ArrivingCalls answered() {
        return new ArrivingCalls(all.stream().filter(Ended::isAnswered).toList());
    }

    /** Those that failed. */
    ArrivingCalls failed() {
        return new ArrivingCalls(all.stream().filter(each -> !each.isAnswered()).toList());
    }

    /** The 99th percentile of their times, in milliseconds. */
    double p99() {
        return Samples.percentile(all.stream().map(Ended::millis).toList(), 0.99);
    }
}
