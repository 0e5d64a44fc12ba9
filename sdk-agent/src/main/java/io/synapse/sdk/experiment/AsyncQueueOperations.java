package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncLogFollower;
import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.TailOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link QueueOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncQueueOperations extends AsyncPerformer, AsyncLogFollower {
    /** Asynchronous twin of {@link QueueOperations#submitExperiment}. */
    default CompletableFuture<ExperimentJob> submitExperiment(ExperimentSubmission submission) {
        return perform(QueueEndpoints.submit(submission));
    }

    /** Asynchronous twin of {@link QueueOperations#submitSweep}. */
    default CompletableFuture<Sweep> submitSweep(ExperimentSubmission submission) {
        return perform(QueueEndpoints.submitSweep(submission));
    }

    /** Asynchronous twin of {@link QueueOperations#retrySweep}. */
    default CompletableFuture<List<ExperimentJob>> retrySweep(String sweepId) {
        return perform(QueueEndpoints.retrySweep(sweepId));
    }

    /** Asynchronous twin of {@link QueueOperations#listExperimentJobs()}. */
    default CompletableFuture<List<ExperimentJob>> listExperimentJobs() {
        return perform(QueueEndpoints.list(JobQuery.ALL).collected());
    }

    /** Asynchronous twin of {@link QueueOperations#listExperimentJobs(JobQuery)}. */
    default CompletableFuture<List<ExperimentJob>> listExperimentJobs(JobQuery query) {
        return perform(QueueEndpoints.list(query).collected());
    }

    /** Asynchronous twin of {@link QueueOperations#listJobHistory}. */
    default CompletableFuture<List<ExperimentJob>> listJobHistory(JobQuery query) {
        return perform(QueueEndpoints.history(query).collected());
    }

    /** Asynchronous twin of {@link QueueOperations#getExperimentJob}. */
    default CompletableFuture<ExperimentJob> getExperimentJob(String uid) {
        return perform(QueueEndpoints.get(uid));
    }

    /** Asynchronous twin of {@link QueueOperations#cancelExperiment}. */
    default CompletableFuture<@Nullable Void> cancelExperiment(String uid) {
        return perform(QueueEndpoints.cancel(uid));
    }

    /** Asynchronous twin of {@link QueueOperations#pauseExperiment}. */
    default CompletableFuture<@Nullable Void> pauseExperiment(String uid) {
        return perform(QueueEndpoints.pause(uid));
    }

    /** Asynchronous twin of {@link QueueOperations#resumeExperiment}. */
    default CompletableFuture<@Nullable Void> resumeExperiment(String uid) {
        return perform(QueueEndpoints.resume(uid));
    }

    /** Asynchronous twin of {@link QueueOperations#setPriority}. */
    default CompletableFuture<@Nullable Void> setPriority(String uid, JobPriority priority) {
        return perform(QueueEndpoints.setPriority(uid, priority));
    }

    /** Asynchronous twin of {@link QueueOperations#retryExperiment}. */
    default CompletableFuture<ExperimentJob> retryExperiment(String uid) {
        return perform(QueueEndpoints.retry(uid));
    }

    /** Asynchronous twin of {@link QueueOperations#waitForExperiment(String, Duration)}. */
    default CompletableFuture<ExperimentJob> waitForExperiment(String uid, Duration timeout) {
        return perform(QueueEndpoints.await(uid, timeout, seen -> {}));
    }

    /** Asynchronous twin of {@link QueueOperations#waitForExperiment(String, Duration, Consumer)}. */
    default CompletableFuture<ExperimentJob> waitForExperiment(
            String uid, Duration timeout, Consumer<ExperimentJob> onChange) {
        return perform(QueueEndpoints.await(uid, timeout, onChange));
    }

    /** Asynchronous twin of {@link QueueOperations#getExperimentLogs}. */
    default CompletableFuture<String> getExperimentLogs(String uid) {
        return perform(QueueEndpoints.logs(uid));
    }

    /** Asynchronous twin of {@link QueueOperations#tailExperimentLogs(String)}. */
    default LogPublisher tailExperimentLogs(String uid) {
        return follow(QueueEndpoints.log(uid), TailOptions.DEFAULT);
    }

    /** Asynchronous twin of {@link QueueOperations#tailExperimentLogs(String, TailOptions)}. */
    default LogPublisher tailExperimentLogs(String uid, TailOptions options) {
        return follow(QueueEndpoints.log(uid), options);
    }

    /** Asynchronous twin of {@link QueueOperations#getQueueStatistics}. */
    default CompletableFuture<QueueStatistics> getQueueStatistics() {
        return perform(QueueEndpoints.statistics());
    }

    /** Asynchronous twin of {@link QueueOperations#cleanUpJobs}. */
    default CompletableFuture<Integer> cleanUpJobs(Duration olderThan) {
        return perform(QueueEndpoints.cleanUp(olderThan));
    }
}
