package io.synapse.sdk.embedded.internal.job;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A pause after something failed that is tried again. The same failure is logged once. Not thread-safe. */
final class RetryPause {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private long until;
    private @Nullable String failure;

    RetryPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether it is too early to try again. */
    boolean isOn() {
        return failure != null && nanoTime.getAsLong() - until < 0;
    }

    /** It failed: begins a pause. */
    void failed(Logger log, String what, Exception why) {
        if (!why.toString().equals(failure)) {
            log.error("{}; will try again", what, why);
        }
        failure = why.toString();
        until = nanoTime.getAsLong() + PAUSE.toNanos();
    }

    /** It succeeded: the next failure is another one. */
    void succeeded() {
        failure = null;
    }
}
