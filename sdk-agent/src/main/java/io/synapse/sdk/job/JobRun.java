package io.synapse.sdk.job;

import io.synapse.sdk.CallCancelledException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.LogPublisher;
import io.synapse.sdk.LogStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** One job from its submission to its end: submitted, its log followed, and the job as it is then. */
final class JobRun {
    private JobRun() {}

    /** Stops the job when the thread is interrupted, if so asked; the interrupt flag stays set. */
    static Job run(JobOperations jobs, JobSubmission submission, Consumer<? super String> onLine, boolean stops) {
        String id = jobs.submitJob(submission);
        try (LogStream log = jobs.tailJobLogs(id)) {
            log.forEach(onLine);
        } catch (CallCancelledException e) {
            if (stops && Thread.interrupted()) { // the flag would end the next call at once
                stop(jobs, id, e);
                Thread.currentThread().interrupt();
            }
            throw e;
        }
        return jobs.getJob(id);
    }

    /** Stops the job when the future is cancelled, if so asked. */
    static CompletableFuture<Job> runAsync(
            AsyncJobOperations jobs, JobSubmission submission, Consumer<? super String> onLine, boolean stops) {
        CompletableFuture<String> submitted = jobs.submitJob(submission);
        CompletableFuture<Job> result = new CompletableFuture<>();
        submitted
                .thenCompose(id -> {
                    LogPublisher log = jobs.tailJobLogs(id);
                    whenCancelled(result, () -> {
                        log.close();
                        if (stops) {
                            jobs.stopJob(id);
                        }
                    });
                    return log.forEachLine(onLine).thenCompose(status -> jobs.getJob(id));
                })
                .whenComplete((job, failure) -> {
                    if (failure == null) {
                        result.complete(job);
                    } else {
                        result.completeExceptionally(
                                failure instanceof CompletionException wrapped && wrapped.getCause() != null
                                        ? wrapped.getCause()
                                        : failure);
                    }
                });
        return result;
    }

    /** Runs the action at once when the future was cancelled before. */
    private static void whenCancelled(CompletableFuture<?> future, Runnable action) {
        future.whenComplete((result, failure) -> {
            if (future.isCancelled()) {
                action.run();
            }
        });
    }

    private static void stop(JobOperations jobs, String id, CallCancelledException why) {
        try {
            jobs.stopJob(id);
        } catch (ClientException e) {
            why.addSuppressed(e);
        }
    }
}
