package io.synapse.sdk.experiments.internal.worker;

import java.io.IOException;

/**
 * Suspends a job while the server wants it paused. Each answer to a beat says anew whether it does, so that neither a lost answer
 * nor a restart of the worker leaves a job suspended. What is wanted is told by any thread; the rest is done by that of the job.
 */
final class JobPause {
    private final JobPlace place;
    private final TakenJob job;
    private volatile boolean isTold;
    private volatile boolean isWanted;
    private volatile boolean isInEffect;
    private boolean isKnownToGoOn;

    JobPause(JobPlace place, TakenJob job) {
        this.place = place;
        this.job = job;
    }

    /** The server has said whether it is to be paused. Whether that has changed. */
    boolean want(boolean isPaused) {
        boolean isChanged = !isTold || isWanted != isPaused;
        isWanted = isPaused;
        isTold = true;
        return isChanged;
    }

    /** Whether all its processes are suspended. */
    boolean isInEffect() {
        return isInEffect;
    }

    /** Does what is wanted; to be called again and again, since a job that was just started has processes that are not seen. */
    void proceed() throws IOException {
        if (!isTold) {
            return; // what an earlier process of the worker has suspended stays so
        }
        if (isWanted) {
            isKnownToGoOn = false;
            isInEffect = place.suspend(job);
        } else if (!isKnownToGoOn) {
            place.resume(job);
            isInEffect = false;
            isKnownToGoOn = true;
        }
    }
}
