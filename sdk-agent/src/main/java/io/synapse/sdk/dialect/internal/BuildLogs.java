package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;

/** What the dialect of a server that builds images can say beside what all can. Ids are checked already. */
public interface BuildLogs {
    Operation<String> getBuildLogs(String id);

    /**
     * The log of a build, to be followed.
     *
     * @param status asks where the build stands, in the words for jobs
     */
    LogEndpoint buildLog(String id, Operation<JobStatus> status);
}
