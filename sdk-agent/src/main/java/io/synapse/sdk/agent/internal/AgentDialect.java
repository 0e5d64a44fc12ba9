package io.synapse.sdk.agent.internal;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.agent.internal.tail.AgentHttpLog;
import io.synapse.sdk.agent.internal.tail.AgentWebSocketLog;
import io.synapse.sdk.dialect.internal.BuildLogs;
import io.synapse.sdk.dialect.internal.Dialect;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.dialect.internal.Submissions;
import io.synapse.sdk.internal.tail.LogFeed;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.task.Task;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The dialect of a Synapse agent (wire/agent.md, section 4). */
public final class AgentDialect implements Dialect, BuildLogs {
    /** An extension of the protocol (wire/agent.md, section 4), which other agents may lack. */
    private static final String NO_BUILD_LOGS = "or this agent does not give out the logs of builds";

    @Override
    public String checkedId(String what, String id) {
        return Ids.check(what, id);
    }

    @Override
    public String checkedName(String what, String name) {
        return Ids.checkSegment(what, name);
    }

    @Override
    public Operation<List<Job>> listJobs() {
        return Endpoint.get("jobs/", ResponseType.listOf(Job.class));
    }

    @Override
    public Operation<Job> getJob(String id) {
        return Endpoint.get(Endpoint.path("jobs/{}/", id), Job.class);
    }

    /** Without a total time limit: a log may be large. */
    @Override
    public Operation<String> getJobLogs(String id) {
        return Endpoint.get(Endpoint.path("jobs/{}/logs/", id), ResponseType.text())
                .callTimeout(Duration.ZERO);
    }

    @Override
    public LogEndpoint jobLog(String id) {
        Operation<LogFeed.State> state = getJob(id).map(job -> new LogFeed.State(job.status(), job.startTime()));
        return log(LogFeed.Subject.job(id), state, Endpoint.path("jobs/{}/logs/", id));
    }

    /** Without a total time limit, too. */
    @Override
    public Operation<String> getBuildLogs(String id) {
        return Endpoint.get(Endpoint.path("builds/{}/logs/", id), ResponseType.text())
                .callTimeout(Duration.ZERO)
                .recover(NotFoundException.class, unknown -> {
                    throw new NotFoundException(
                            unknown.failure().message(unknown.getMessage() + "; " + NO_BUILD_LOGS), unknown);
                });
    }

    @Override
    public LogEndpoint buildLog(String id, Operation<JobStatus> status) {
        LogFeed.Subject build = new LogFeed.Subject("build", id, NO_BUILD_LOGS);
        Operation<LogFeed.State> state = status.map(known -> new LogFeed.State(known, null));
        return log(build, state, Endpoint.path("builds/{}/logs/", id));
    }

    @Override
    public Operation<String> submitJob(String id, JobSubmission submission) {
        if (submission.workingDirectory() != null) {
            throw BadRequestException.refused("an agent takes no folders: put "
                    + submission.workingDirectory().folder()
                    + " where its jobs can see it, and name it with workingDir");
        }
        return Submissions.to("jobs/", id, submission, getJob(id))
                .recover(ClientException.class, AgentDialect::explain);
    }

    @Override
    public Operation<@Nullable Void> stopJob(String id) {
        return Endpoint.post(Endpoint.path("jobs/{}/stop/", id), ResponseType.nothing());
    }

    @Override
    public Operation<@Nullable Void> deleteJob(String id) {
        return Endpoint.delete(Endpoint.path("jobs/{}/", id));
    }

    @Override
    public Operation<List<Node>> listNodes() {
        return Endpoint.get("nodes/", ResponseType.listOf(Node.class));
    }

    @Override
    public Operation<Node> getNode(String id) {
        return Endpoint.get(Endpoint.path("nodes/{}/", id), Node.class);
    }

    @Override
    public Operation<GpuStatus> getGpuStatus() {
        return Endpoint.get("gpu_status/", GpuStatus.class);
    }

    @Override
    public Operation<List<Task>> listTasks() {
        return Endpoint.get("tasks/", ResponseType.listOf(Task.class));
    }

    @Override
    public Operation<Task> getTask(String id) {
        return Endpoint.get(Endpoint.path("tasks/{}/", id), Task.class);
    }

    @Override
    public Operation<List<ServeApplication>> listServeApplications() {
        return Endpoint.get("serve_applications/", ResponseType.listOf(ServeApplication.class));
    }

    @Override
    public Operation<ServeApplication> getServeApplication(String name) {
        return Endpoint.get(Endpoint.path("serve_applications/{}/", name), ServeApplication.class);
    }

    @Override
    public Operation<@Nullable Void> deleteServeApplication(String name) {
        return Endpoint.delete(Endpoint.path("serve_applications/{}/", name));
    }

    private static LogFeed log(LogFeed.Subject subject, Operation<LogFeed.State> state, String path) {
        return LogFeed.overEither(subject, state, new AgentWebSocketLog(path), new AgentHttpLog(path));
    }

    private static String explain(ClientException failure) {
        if (failure.statusCode() != 404 && failure.statusCode() != 405) {
            throw failure;
        }
        String message =
                "this agent does not accept submissions: it answered " + failure.statusCode() + " to POST jobs/";
        throw new NotFoundException(failure.failure().message(message), failure);
    }
}
