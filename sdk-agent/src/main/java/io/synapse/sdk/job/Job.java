package io.synapse.sdk.job;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.internal.http.Secrets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job, as the server describes it: the fields of Ray's JobDetails (<a
 * href="https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html">Jobs API</a>). What a
 * server leaves out is null or empty. Immutable.
 *
 * @param type whether it was submitted, or came about by a driver that connected by itself
 * @param jobId Ray's own id of the job; an agent repeats the submission id here
 * @param submissionId the id it was submitted with; null for a job that was not submitted
 * @param driverInfo the process that runs it
 * @param status where it stands
 * @param entrypoint the command that it runs
 * @param message in words, how it stands; for a failed job the last lines of its log
 * @param errorType the server's word for why it failed
 * @param startTime when it was started
 * @param endTime when it ended
 * @param metadata words of the submitter's own
 * @param runtimeEnv the environment that it was submitted with
 * @param driverAgentHttpAddress where the agent of the driver's node is
 * @param driverNodeId the node that the driver runs on
 * @param driverExitCode the exit code of its command, as the server gives it: on Windows, where it is an unsigned number of
 *     32 bits, 3221225477 for instance; null while it runs, and when it is not known
 * @param additionalProperties fields that this version does not know, and values that their own field cannot hold
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
    /** The status of a job whose server says none. */
    private static final JobStatus UNKNOWN = new JobStatus("UNKNOWN");

    /** Takes a job as the server gave it. */
    @SuppressWarnings("NullAway") // a server may leave anything out
    public Job {
        status = status == null ? UNKNOWN : status;
        metadata = Copies.of(metadata);
        runtimeEnv = Copies.of(runtimeEnv);
        additionalProperties = Copies.of(additionalProperties);
    }

    /** All of it but secrets: the values of environment variables, of secret names, and tokens in text. */
    @Override
    public String toString() {
        return Secrets.describe(this);
    }

    /** What to call it by: its submission id, or Ray's id where it has none; empty when it has neither. */
    public String id() {
        return submissionId != null ? submissionId : jobId != null ? jobId : "";
    }
}
