package io.synapse.sdk.dialect.internal;

import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of server says what several kinds can do. Every fact about such a server is in its dialect; nothing else
 * asks which kind it is. Arguments are checked already, ids with {@link #checkedId}.
 */
public interface Dialect {
    /**
     * The id, if this server can have it.
     *
     * @param what of what it is the id: "job"
     * @throws io.synapse.sdk.BadRequestException when it cannot be one
     */
    String checkedId(String what, String id);

    /**
     * The name, if this server can have it.
     *
     * @param what of what it is the name: "Serve application name"
     * @throws io.synapse.sdk.BadRequestException when it cannot be one
     */
    String checkedName(String what, String name);

    Operation<List<Job>> listJobs();

    Operation<Job> getJob(String id);

    Operation<String> getJobLogs(String id);

    LogEndpoint jobLog(String id);

    /**
     * Submits under this id, once however often the request is sent.
     *
     * @param id the submission id
     */
    Operation<String> submitJob(String id, JobSubmission submission);

    Operation<@Nullable Void> stopJob(String id);

    Operation<@Nullable Void> deleteJob(String id);

    Operation<List<Node>> listNodes();

    Operation<Node> getNode(String id);

    Operation<GpuStatus> getGpuStatus();

    Operation<List<Task>> listTasks();

    Operation<Task> getTask(String id);

    Operation<List<ServeApplication>> listServeApplications();

    Operation<ServeApplication> getServeApplication(String name);

    Operation<@Nullable Void> deleteServeApplication(String name);
}
