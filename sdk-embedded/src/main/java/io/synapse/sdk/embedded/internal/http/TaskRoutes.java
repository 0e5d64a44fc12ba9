package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.host.ThisMachine;
import io.synapse.sdk.embedded.internal.job.JobRecord;
import io.synapse.sdk.embedded.internal.job.LocalJobs;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code tasks/…}: what local processes can honestly say. Each job that was started is one task, its driver; what goes
 * on inside it is not known. The fields are those of Ray's State API (wire/ray.md, section 2).
 */
final class TaskRoutes {
    private final LocalJobs jobs;
    private final ThisMachine machine;

    TaskRoutes(LocalJobs jobs, ThisMachine machine) {
        this.jobs = jobs;
        this.machine = machine;
    }

    void register(RoutesConfig routes) {
        routes.get("/tasks", this::list);
        routes.get("/tasks/{id}", this::get);
    }

    private void list(Context request) {
        Answers.json(
                request,
                200,
                jobs.list().stream()
                        .filter(TaskRoutes::wasStarted)
                        .map(this::task)
                        .toList());
    }

    private void get(Context request) {
        String id = request.pathParam("id");
        JobRecord job = jobs.find(id)
                .filter(TaskRoutes::wasStarted)
                .orElseThrow(() -> new RefusedException(404, "there is no task of this ID"));
        Answers.json(request, 200, task(job));
    }

    private static boolean wasStarted(JobRecord job) {
        return job.process() != null;
    }

    private Map<String, @Nullable Object> task(JobRecord job) {
        Map<String, @Nullable Object> task = new LinkedHashMap<>();
        task.put("task_id", job.id());
        task.put("attempt_number", 0);
        task.put("name", "driver");
        task.put("state", state(job.status()));
        task.put("job_id", job.id());
        task.put("actor_id", null);
        task.put("type", "DRIVER_TASK");
        task.put("func_or_class_name", "driver");
        task.put("parent_task_id", null);
        task.put("node_id", machine.nodeId());
        task.put("worker_id", null);
        task.put("worker_pid", job.process() == null ? null : job.process().pid());
        task.put("error_type", job.errorType());
        task.put(
                "start_time_ms",
                job.startTime() == null ? null : job.startTime().toEpochMilli());
        task.put("end_time_ms", job.endTime() == null ? null : job.endTime().toEpochMilli());
        return task;
    }

    private static String state(JobStatus status) {
        return status.isTerminal() ? status.equals(JobStatus.SUCCEEDED) ? "FINISHED" : "FAILED" : "RUNNING";
    }
}
