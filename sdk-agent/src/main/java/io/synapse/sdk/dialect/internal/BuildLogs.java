package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;

/** Additional operations of the dialect of a server that builds images. Ids are already checked. */
public interface BuildLogs {
    Operation<String> getBuildLogs(String id);

    /**
     * The log endpoint of a build.
     *
     * @param status the operation that returns the status of the build, as a job status
     */
    LogEndpoint buildLog(String id, Operation<JobStatus> status);
}
