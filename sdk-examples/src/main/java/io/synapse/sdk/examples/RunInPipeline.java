package io.synapse.sdk.examples;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogStream;
import io.synapse.sdk.StreamLimits;
import io.synapse.sdk.TailOptions;
import io.synapse.sdk.job.JobOperations;
import io.synapse.sdk.job.JobSubmission;
import java.io.IOException;
import java.util.Optional;

/**
 * A step of a CI pipeline: runs the command given as its arguments as a job, shows its log, and ends with 0 when the
 * job succeeded, with the job's own exit code when it failed, with 1 when that is not known.
 */
public final class RunInPipeline {
    private RunInPipeline() {}

    /** Runs it. */
    public static void main(String[] arguments) throws IOException {
        int exitCode;
        try (ExampleServer server = new ExampleServer()) {
            exitCode = run(server.client(), String.join(" ", arguments));
        }
        System.exit(exitCode);
    }

    private static int run(JobOperations client, String command) throws IOException {
        String id = client.submitJob(JobSubmission.of(command));
        try (LogStream log = client.tailJobLogs(id, TailOptions.DEFAULT.limits(StreamLimits.NONE))) {
            log.transferTo(System.out);
            if (log.finalStatus().equals(Optional.of(JobStatus.SUCCEEDED))) {
                return 0;
            }
        }
        Long exitCode = client.getJob(id).driverExitCode();
        return exitCode == null || exitCode == 0 ? 1 : exitCode.intValue();
    }
}
