package io.synapse.sdk.job;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job: the fields of Ray's JobDetails
 * (<a href="https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html">Jobs API</a>). Fields
 * that the server omits are null or empty. Immutable.
 *
 * @param type whether it was submitted or started by a driver that connected to the cluster
 * @param jobId Ray's internal id of the job; an agent repeats the submission id here
 * @param submissionId the submission id; null for a job that was not submitted
 * @param driverInfo the process that runs it
 * @param status its status
 * @param entrypoint the command that it runs
 * @param message a description of its status; for a failed job the last lines of its log
 * @param errorType the server's error code for its failure
 * @param startTime when it was started
 * @param endTime when it ended
 * @param metadata key-value pairs set by the submitter
 * @param runtimeEnv the environment that it was submitted with
 * @param driverAgentHttpAddress the address of Ray's agent on the driver's node
 * @param driverNodeId the node that the driver runs on
 * @param driverExitCode the exit code of its command; on Windows an unsigned 32-bit number, such as 3221225477; null
 *     while it runs, and if it is unknown
 * @param additionalProperties fields unknown to this version, and values of the wrong type
 */
public record Job(
        @Nullable JobType type,
        @Nullable String jobId,
        @Nullable String submissionId,
        @Nullable DriverInfo driverInfo,
        JobStatus status,
        @Nullable String entrypoint,
        @Nullable String message,
        @Nullable String errorType,
        @Nullable Instant startTime,
        @Nullable Instant endTime,
        Map<String, String> metadata,
        Map<String, @Nullable Object> runtimeEnv,
        @Nullable String driverAgentHttpAddress,
        @Nullable String driverNodeId,
        @Nullable Long driverExitCode,
        Map<String, @Nullable Object> additionalProperties) {
    /** The status of a job without a status. */
    private static final JobStatus UNKNOWN = new JobStatus("UNKNOWN");

    /** Replaces absent maps and lists by empty ones and copies the others. */
    @SuppressWarnings("NullAway") // a server may omit anything
    public Job {
        status = status == null ? UNKNOWN : status;
        metadata = Copies.of(metadata);
        runtimeEnv = Copies.of(runtimeEnv);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All components, with secrets masked: values of environment variables and of secret names, tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /** Its submission id, or Ray's id if it has none; empty if it has neither. */
    public String id() {
        return submissionId != null ? submissionId : jobId != null ? jobId : "";
    }
}
