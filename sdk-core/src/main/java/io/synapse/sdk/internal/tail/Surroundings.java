package io.synapse.sdk.internal.tail;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.Operation;
import java.time.Duration;

/** What one stream needs of the world around it; tests put in one in which no time passes. */
interface Surroundings extends AutoCloseable {
    /** The time that passes, in nanoseconds. */
    long nanoTime();

    /** From 0 to 1. */
    double random();

    /** Waits for so long, or until {@link #close}. */
    void pause(Duration duration) throws InterruptedException;

    /**
     * Asks where the job stands.
     *
     * @throws io.synapse.sdk.ClientException when that cannot be found out
     */
    JobStatus ask(Operation<JobStatus> status);

    /**
     * Keeps asking in the background where the job stands, until it is over.
     *
     * @param whenOver run once, on any thread, when the job is over, or gone
     * @return ends the watch
     */
    Runnable watch(Operation<JobStatus> status, Runnable whenOver);

    /** Ends a pause or a question at once, from any thread. */
    @Override
    void close();
}
