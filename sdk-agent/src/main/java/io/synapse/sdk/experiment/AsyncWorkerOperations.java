package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link WorkerOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncWorkerOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link WorkerOperations#sendHeartbeat}. */
    default CompletableFuture<HeartbeatReply> sendHeartbeat(DeviceReport report) {
        return perform(WorkerEndpoints.heartbeat(report));
    }

    /** Asynchronous twin of {@link WorkerOperations#nextJob}. */
    default CompletableFuture<Optional<AssignedJob>> nextJob(String hostId, Duration wait) {
        return perform(WorkerEndpoints.nextJob(hostId, wait));
    }

    /** Asynchronous twin of {@link WorkerOperations#getJobConfig}. */
    default CompletableFuture<String> getJobConfig(String uid) {
        return perform(WorkerEndpoints.config(uid));
    }

    /** Asynchronous twin of {@link WorkerOperations#confirmStarted(String, long)}. */
    default CompletableFuture<@Nullable Void> confirmStarted(String uid, long pid) {
        return perform(WorkerEndpoints.confirmStarted(uid, pid));
    }

    /** Asynchronous twin of {@link WorkerOperations#confirmStarted(String, long, int)}. */
    default CompletableFuture<@Nullable Void> confirmStarted(String uid, long pid, int attempt) {
        return perform(WorkerEndpoints.confirmStarted(uid, pid, attempt));
    }

    /** Asynchronous twin of {@link WorkerOperations#completeJob}. */
    default CompletableFuture<@Nullable Void> completeJob(JobCompletion completion) {
        return perform(WorkerEndpoints.complete(completion));
    }

    /** Asynchronous twin of {@link WorkerOperations#getSyncStatus}. */
    default CompletableFuture<SyncStatus> getSyncStatus(String uid) {
        return perform(WorkerEndpoints.syncStatus(uid));
    }

    /** Asynchronous twin of {@link WorkerOperations#syncFile}. */
    default CompletableFuture<SyncReply> syncFile(SyncPart part) {
        return perform(WorkerEndpoints.sync(part));
    }

    /** Asynchronous twin of {@link WorkerOperations#saveCheckpoint(String, Map)}. */
    default CompletableFuture<@Nullable Void> saveCheckpoint(String uid, Map<String, @Nullable Object> checkpoint) {
        return perform(WorkerEndpoints.checkpoint(uid, checkpoint, null));
    }

    /** Asynchronous twin of {@link WorkerOperations#saveCheckpoint(String, Map, int)}. */
    default CompletableFuture<@Nullable Void> saveCheckpoint(
            String uid, Map<String, @Nullable Object> checkpoint, int attempt) {
        return perform(WorkerEndpoints.checkpoint(uid, checkpoint, attempt));
    }
}
