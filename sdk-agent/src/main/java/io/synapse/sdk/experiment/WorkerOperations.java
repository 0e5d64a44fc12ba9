package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does at a server: it reports, takes jobs, runs them and copies their files (wire/experiments.md,
 * sections 3 and 8).
 */
public interface WorkerOperations extends Performer {
    /** Reports the state of a device, every 3 s. */
    default HeartbeatReply sendHeartbeat(DeviceReport report) {
        return perform(WorkerEndpoints.heartbeat(report));
    }

    /**
     * Takes the next job for a device; empty if there is none. A request whose reply is lost is not repeated, because it
     * may have given a job: a server of this project queues that again once its start was not confirmed in time; at the
     * original, which does not, the client looks for a job that is assigned to the device and that it has not got yet. So
     * one process takes the jobs of a device, and confirms them.
     *
     * @param wait how long to wait for one; zero not to wait, at most 60 s. The original is asked every 2 s
     * @throws AssignmentUnknownException when a reply of the original was lost and it cannot be told which job it gave
     * @throws io.synapse.sdk.ConnectionException when a reply of a server of this project was lost, with
     *     {@link io.synapse.sdk.ClientException#mayHaveBeenExecuted()}
     * @throws io.synapse.sdk.BadRequestException when the name is not valid or the wait is out of its range; nothing
     *     is sent then
     */
    default Optional<AssignedJob> nextJob(String hostId, Duration wait) {
        return perform(WorkerEndpoints.nextJob(hostId, wait));
    }

    /**
     * The configuration of a job, in YAML.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default String getJobConfig(String uid) {
        return perform(WorkerEndpoints.config(uid));
    }

    /**
     * Confirms that the program of a job runs. A job that is running already must not be started again.
     *
     * @param pid the id of its process
     * @throws io.synapse.sdk.ConflictException when it is not assigned to this worker any more
     * @throws io.synapse.sdk.BadRequestException when it is not assigned, at the original
     */
    default void confirmStarted(String uid, long pid) {
        perform(WorkerEndpoints.confirmStarted(uid, pid));
    }

    /**
     * Confirms that the program of an attempt runs, as {@link #confirmStarted(String, long)}.
     *
     * @param attempt its number, as in {@link AssignedJob#attempt()}
     */
    default void confirmStarted(String uid, long pid, int attempt) {
        perform(WorkerEndpoints.confirmStarted(uid, pid, attempt));
    }

    /**
     * Reports how a job ended. The same report again changes nothing.
     *
     * @throws io.synapse.sdk.ConflictException when it has ended otherwise, or a later attempt has begun
     * @throws io.synapse.sdk.NotFoundException when there is no such job
     */
    default void completeJob(JobCompletion completion) {
        perform(WorkerEndpoints.complete(completion));
    }

    /**
     * Which files of a job the server has.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     */
    default SyncStatus getSyncStatus(String uid) {
        return perform(WorkerEndpoints.syncStatus(uid));
    }

    /**
     * Copies a part of a file to the server, once: a part that is there already changes nothing. The original does not
     * know where a part belongs, so the client compares size and hash of its file first.
     *
     * @throws SyncConflictException when the server has other bytes before the part
     * @throws UnsupportedByServerException at the original, for a part that replaces a log or CSV file, and for a file
     *     of another kind that is not sent as a whole
     * @throws io.synapse.sdk.BadRequestException when the part is too long for the server, or has no hash of what is
     *     before it
     */
    default SyncReply syncFile(SyncPart part) {
        return perform(WorkerEndpoints.sync(part));
    }

    /**
     * Stores how far a job has come.
     *
     * @param checkpoint by any names
     * @throws io.synapse.sdk.BadRequestException when it cannot be written as JSON
     */
    default void saveCheckpoint(String uid, Map<String, @Nullable Object> checkpoint) {
        perform(WorkerEndpoints.checkpoint(uid, checkpoint, null));
    }

    /**
     * Stores how far an attempt has come, as {@link #saveCheckpoint(String, Map)}.
     *
     * @param attempt its number, as in {@link AssignedJob#attempt()}
     * @throws io.synapse.sdk.ConflictException when it is not the present one
     */
    default void saveCheckpoint(String uid, Map<String, @Nullable Object> checkpoint, int attempt) {
        perform(WorkerEndpoints.checkpoint(uid, checkpoint, attempt));
    }
}
