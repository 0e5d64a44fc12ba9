package io.synapse.sdk.embedded.internal.job;

import io.synapse.sdk.embedded.internal.job.JobMembers.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Ends all processes of a job: TERM once, and KILL from 3 s later until none is left. Not thread-safe. */
final class Termination {
    private static final Duration TERM_TO_KILL = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;
    private boolean begun;
    private long killTime;

    Termination(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Sends what is due. Says whether nothing is left. */
    boolean proceed(JobMembers job) throws IOException {
        List<Member> members = job.alive();
        if (members.isEmpty()) {
            return true;
        }
        if (!begun) {
            begun = true;
            killTime = nanoTime.getAsLong() + TERM_TO_KILL.toNanos();
            JobMembers.terminate(members);
        } else if (nanoTime.getAsLong() - killTime >= 0) {
            job.kill(members);
        }
        return false;
    }
}
