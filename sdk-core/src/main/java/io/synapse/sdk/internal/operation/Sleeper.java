package io.synapse.sdk.internal.operation;

import java.time.Duration;

/** Lets the calling thread wait; tests put in one that only notes it. */
@FunctionalInterface
public interface Sleeper {
    /** Really sleeps. */
    Sleeper SYSTEM = duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);

    /** Waits for so long. */
    void sleep(Duration duration) throws InterruptedException;
}
