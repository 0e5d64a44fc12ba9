package io.synapse.sdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * The log of a job, or of a build, followed to its end in the background: the asynchronous twin of {@link LogStream},
 * with the same promise. It has one subscriber, which gets the lines on a thread of the client, as many as it asks for;
 * a slow one slows the server down.
 *
 * <p>The connection is made when the subscriber arrives. Safe for use by any thread.
 */
public interface LogPublisher extends Flow.Publisher<String>, AutoCloseable {
    /**
     * Starts following for this subscriber. A second one gets an {@link IllegalStateException} through
     * {@code onError}.
     */
    @Override
    void subscribe(Flow.Subscriber<? super String> subscriber);

    /**
     * Gives each line to a consumer, on a thread of the client, one after the other; the next line is read when the
     * consumer has returned. What the consumer throws, an {@link Error} too, closes the stream and is what the
     * completion fails with.
     *
     * @return {@link #completion()}; it fails with an {@link IllegalStateException} when the log has a subscriber already
     */
    CompletableFuture<JobStatus> forEachLine(Consumer<? super String> consumer);

    /**
     * Completes with the job's final status when its log was delivered to the end, and fails with the error that the
     * subscriber gets, or that it throws. It always completes: also when the client's executor rejects the work. Cancelling it closes the stream.
     */
    CompletableFuture<JobStatus> completion();

    /** What was delivered, shortened and skipped so far. */
    LogStatistics statistics();

    /** Ends the stream and closes its connection at once; the completion is cancelled. Closing again does nothing. */
    @Override
    void close();
}
