package io.synapse.sdk.embedded.internal.machine;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.backend.Tasks;
import io.synapse.sdk.embedded.internal.job.JobRecord;
import io.synapse.sdk.embedded.internal.job.JobRunner;
import io.synapse.sdk.embedded.internal.job.SubmittedJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What local processes can honestly say of tasks: each job that was started is one task, its driver; what goes on inside
 * it is not known.
 */
final class MachineTasks implements Tasks {
    private final JobRunner jobs;
    private final Machine machine;

    MachineTasks(JobRunner jobs, Machine machine) {
        this.jobs = jobs;
        this.machine = machine;
    }

    @Override
    public Stream<Map<String, @Nullable Object>> list() {
        return jobs.list()
                .map(SubmittedJob::record)
                .filter(MachineTasks::wasStarted)
                .map(this::task);
    }

    @Override
    public Map<String, @Nullable Object> get(String id) {
        return jobs.find(id)
                .filter(MachineTasks::wasStarted)
                .map(this::task)
                .orElseThrow(() -> new RefusedException(404, "there is no task of this ID"));
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
