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
 * The protocol of one kind of server for the operations that several kinds support. All facts about a kind of server
 * are in its dialect. Arguments are already checked, ids with {@link #checkedId}.
 */
public interface Dialect {
    /**
     * The id, if it is valid for this server.
     *
     * @param what the kind of resource, for messages: "job"
     * @throws io.synapse.sdk.BadRequestException when it is not valid
     */
    String checkedId(String what, String id);

    /**
     * The name, if it is valid for this server.
     *
     * @param what the kind of name, for messages: "Serve application name"
     * @throws io.synapse.sdk.BadRequestException when it is not valid
     */
    String checkedName(String what, String name);

    Operation<List<Job>> listJobs();

    Operation<Job> getJob(String id);

    Operation<String> getJobLogs(String id);

    LogEndpoint jobLog(String id);

    /**
     * Submits a job under this id, once even if the request is retried.
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
