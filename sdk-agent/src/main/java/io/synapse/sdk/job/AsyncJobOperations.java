package io.synapse.sdk.job;

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
 * The asynchronous twin of {@link JobOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncJobOperations extends AsyncPerformer, AsyncLogFollower {
    /** Asynchronous twin of {@link JobOperations#listJobs()}. */
    default CompletableFuture<List<Job>> listJobs() {
        return perform(JobEndpoints.list());
    }

    /** Asynchronous twin of {@link JobOperations#listJobs(JobFilter)}. */
    default CompletableFuture<List<Job>> listJobs(JobFilter filter) {
        return perform(JobEndpoints.list(filter));
    }

    /** Asynchronous twin of {@link JobOperations#getJob}. */
    default CompletableFuture<Job> getJob(String id) {
        return perform(JobEndpoints.get(id));
    }

    /** Asynchronous twin of {@link JobOperations#getJobLogs}. */
    default CompletableFuture<String> getJobLogs(String id) {
        return perform(JobEndpoints.logs(id));
    }

    /** Asynchronous twin of {@link JobOperations#tailJobLogs(String)}. */
    default LogPublisher tailJobLogs(String id) {
        return follow(JobEndpoints.log(id), TailOptions.DEFAULT);
    }

    /** Asynchronous twin of {@link JobOperations#tailJobLogs(String, TailOptions)}. */
    default LogPublisher tailJobLogs(String id, TailOptions options) {
        return follow(JobEndpoints.log(id), options);
    }

    /** Asynchronous twin of {@link JobOperations#submitJob}. */
    default CompletableFuture<String> submitJob(JobSubmission submission) {
        return perform(JobEndpoints.submit(submission));
    }

    /** Asynchronous twin of {@link JobOperations#stopJob}. */
    default CompletableFuture<@Nullable Void> stopJob(String id) {
        return perform(JobEndpoints.stop(id));
    }

    /** Asynchronous twin of {@link JobOperations#deleteJob}. */
    default CompletableFuture<@Nullable Void> deleteJob(String id) {
        return perform(JobEndpoints.delete(id));
    }

    /** Asynchronous twin of {@link JobOperations#waitForJob(String, Duration)}. */
    default CompletableFuture<Job> waitForJob(String id, Duration timeout) {
        return perform(JobEndpoints.await(id, timeout, seen -> {}));
    }

    /** Asynchronous twin of {@link JobOperations#waitForJob(String, Duration, Consumer)}. */
    default CompletableFuture<Job> waitForJob(String id, Duration timeout, Consumer<Job> onChange) {
        return perform(JobEndpoints.await(id, timeout, onChange));
    }

    /** Asynchronous twin of {@link JobOperations#runJob(JobSubmission, Consumer)}; lines come on a thread of the client. */
    default CompletableFuture<Job> runJob(JobSubmission submission, Consumer<? super String> onLine) {
        return JobRun.runAsync(this, submission, onLine, false);
    }

    /**
     * Asynchronous twin of {@link JobOperations#runJob(JobSubmission, Consumer, boolean)}: the job is stopped when the
     * future is cancelled.
     */
    default CompletableFuture<Job> runJob(
            JobSubmission submission, Consumer<? super String> onLine, boolean stopsOnInterrupt) {
        return JobRun.runAsync(this, submission, onLine, stopsOnInterrupt);
    }
}
