package io.synapse.sdk.ray.internal;

import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.dialect.internal.Dialect;
import io.synapse.sdk.dialect.internal.Ids;
import io.synapse.sdk.internal.http.ErrorReader;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.task.Task;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The dialect of a Ray dashboard (wire/ray.md): see {@link RayJobs}, {@link RayState} and {@link RayServe}. */
public final class RayDialect implements Dialect, ErrorReader {
    /** The largest number of log files that a client follows over HTTP; further ones use a WebSocket. */
    private static final int MAX_FOLLOWED_FILES = 20;

    private final ErrorReader errors = new RayErrors();
    private final RayVersion version = new RayVersion();
    private final Semaphore followedFiles = new Semaphore(MAX_FOLLOWED_FILES);

    @Override
    public Meaning read(int status, @Nullable Object body) {
        return errors.read(status, body);
    }

    /** Ray accepts nearly any id, but then finds another job or leaves this one pending for ever. */
    @Override
    public String checkedId(String what, String id) {
        return Ids.checkSegment(what + " ID", id);
    }

    /** Names are not used in paths here: see {@link RayServe}. */
    @Override
    public String checkedName(String what, String name) {
        return Ids.checkName(what, name);
    }

    @Override
    public Operation<List<Job>> listJobs() {
        return RayJobs.list();
    }

    @Override
    public Operation<Job> getJob(String id) {
        return RayJobs.get(id);
    }

    @Override
    public Operation<String> getJobLogs(String id) {
        return RayJobs.logs(id, version.isBefore(2, 45));
    }

    @Override
    public LogEndpoint jobLog(String id) {
        return RayJobs.log(id, version.isBefore(2, 45), followedFiles);
    }

    @Override
    public Operation<String> submitJob(String id, JobSubmission submission) {
        return RayJobs.submit(id, submission);
    }

    @Override
    public Operation<@Nullable Void> stopJob(String id) {
        return RayJobs.stop(id);
    }

    @Override
    public Operation<@Nullable Void> deleteJob(String id) {
        return RayJobs.delete(id);
    }

    @Override
    public Operation<List<Node>> listNodes() {
        return RayState.listNodes();
    }

    @Override
    public Operation<Node> getNode(String id) {
        return RayState.getNode(id);
    }

    @Override
    public Operation<GpuStatus> getGpuStatus() {
        return RayState.gpuStatus();
    }

    @Override
    public Operation<List<Task>> listTasks() {
        return RayState.listTasks();
    }

    @Override
    public Operation<Task> getTask(String id) {
        return RayState.getTask(id);
    }

    @Override
    public Operation<List<ServeApplication>> listServeApplications() {
        return RayServe.list();
    }

    @Override
    public Operation<ServeApplication> getServeApplication(String name) {
        return RayServe.get(name);
    }

    @Override
    public Operation<@Nullable Void> deleteServeApplication(String name) {
        return RayServe.delete(name);
    }
}
