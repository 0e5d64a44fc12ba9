package io.synapse.sdk.agent.internal;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConflictException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Failure;
import io.synapse.sdk.LogEndpoint;
import io.synapse.sdk.NotFoundException;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.agent.internal.tail.AgentHttpLog;
import io.synapse.sdk.agent.internal.tail.AgentWebSocketLog;
import io.synapse.sdk.internal.tail.LogFeed;
import io.synapse.sdk.job.Job;
import io.synapse.sdk.job.JobSubmission;
import io.synapse.sdk.node.GpuStatus;
import io.synapse.sdk.node.Node;
import io.synapse.sdk.serve.ServeApplication;
import io.synapse.sdk.task.Task;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of a Synapse agent (wire/agent.md, section 4). */
public final class AgentDialect implements Dialect {
    private static final String SUBMISSION_ID = "submission_id";

    @Override
    public String checkedId(String what, String id) {
        return Ids.check(what, id);
    }

    @Override
    public Operation<List<Job>> listJobs() {
        return Endpoint.get("jobs/", ResponseType.listOf(Job.class));
    }

    @Override
    public Operation<Job> getJob(String id) {
        return Endpoint.get(Endpoint.path("jobs/{}/", id), Job.class);
    }

    /** As long as it takes: a log may be large. */
    @Override
    public Operation<String> getJobLogs(String id) {
        return Endpoint.get(Endpoint.path("jobs/{}/logs/", id), ResponseType.text())
                .callTimeout(Duration.ZERO);
    }

    @Override
    public LogEndpoint jobLog(String id) {
        return new LogFeed(id, getJob(id).map(Job::status), new AgentWebSocketLog(id), new AgentHttpLog(id));
    }

    /** The answer is read as a map: as modules, the JSON library cannot make a record of a room that is not exported. */
    @Override
    public Operation<String> submitJob(String id, JobSubmission submission) {
        Operation<Optional<Map<String, @Nullable Object>>> lookup = getJob(id)
                .map(found -> Optional.of(ours(id, submission, found)))
                .recover(NotFoundException.class, missing -> Optional.empty());
        return Endpoint.post("jobs/", ResponseType.object())
                .json(body(id, submission))
                .confirmedBy(lookup)
                .recover(ClientException.class, AgentDialect::explain)
                .map(submitted -> submitted.get(SUBMISSION_ID) instanceof String given ? given : id);
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

    /** As Ray's {@code POST /api/jobs/} (wire/ray.md, section 1): what was not asked for is left out. */
    private static Map<String, Object> body(String id, JobSubmission submission) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("entrypoint", submission.entrypoint());
        body.put(SUBMISSION_ID, id);
        body.put("runtime_env", presentOrNull(submission.runtimeEnv()));
        body.put("metadata", presentOrNull(submission.metadata()));
        body.put("entrypoint_num_cpus", submission.entrypointNumCpus());
        body.put("entrypoint_num_gpus", submission.entrypointNumGpus());
        body.put("entrypoint_memory", submission.entrypointMemory());
        body.put("entrypoint_resources", presentOrNull(submission.entrypointResources()));
        body.put("entrypoint_label_selector", presentOrNull(submission.entrypointLabelSelector()));
        Map<String, Object> present = new LinkedHashMap<>();
        body.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return present;
    }

    private static @Nullable Object presentOrNull(Map<String, ?> map) {
        return map.isEmpty() ? null : map;
    }

    /** The job that is there after a lost reply; another's of the same id is not ours. */
    private static Map<String, @Nullable Object> ours(String id, JobSubmission submission, Job found) {
        if (found.entrypoint() == null || Objects.equals(found.entrypoint(), submission.entrypoint())) {
            return Map.of(SUBMISSION_ID, id);
        }
        throw new ConflictException(
                Failure.of(409, "there is another job with the submission ID " + id + ", of another entrypoint"));
    }

    private static Map<String, @Nullable Object> explain(ClientException failure) {
        if (failure.statusCode() != 404 && failure.statusCode() != 405) {
            throw failure;
        }
        String message =
                "this agent does not accept submissions: it answered " + failure.statusCode() + " to POST jobs/";
        throw new NotFoundException(failure.failure().message(message), failure);
    }
}
