package io.synapse.sdk.embedded.internal.machine;

import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.backend.Jobs;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.job.JobRecord;
import io.synapse.sdk.embedded.internal.job.JobRunner;
import io.synapse.sdk.embedded.internal.job.SubmittedJob;
import io.synapse.sdk.embedded.internal.log.FileLog;
import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.embedded.internal.log.LogState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Jobs that are processes of this machine. */
final class MachineJobs implements Jobs {
    private final JobRunner jobs;
    private final Machine machine;

    MachineJobs(JobRunner jobs, Machine machine) {
        this.jobs = jobs;
        this.machine = machine;
    }

    @Override
    public Stream<Map<String, @Nullable Object>> list() {
        return jobs.list().map(this::details);
    }

    @Override
    public Map<String, @Nullable Object> get(String id) {
        return details(jobs.submitted(id).orElseThrow(() -> notThere(id)));
    }

    @Override
    public String submit(JobRequest wanted) throws IOException {
        requireCanRun(wanted);
        return jobs.submit(wanted).id();
    }

    @Override
    public String submit(JobRequest wanted, Path files) throws IOException {
        requireCanRun(wanted);
        return jobs.submit(wanted, files).id();
    }

    private void requireCanRun(JobRequest wanted) {
        wanted.requireThisMachineCanRunIt();
        if (wanted.gpus() > 0 && wanted.gpus() > machine.gpuCount()) { // counting them takes a moment
            throw notEnoughGpus(wanted.gpus());
        }
        machine.cannotEverRun(wanted.cpus(), wanted.memory()).ifPresent(why -> {
            throw new RefusedException(400, why);
        });
    }

    @Override
    public void stop(String id) {
        jobs.stop(find(id).id());
    }

    @Override
    public void delete(String id) throws IOException {
        jobs.delete(find(id).id());
    }

    @Override
    public Log log(String id) {
        long order = find(id).order();
        // A job deleted and submitted anew under the same id is another job.
        return new FileLog(
                id + "-" + order,
                jobs.log(id),
                () -> jobs.find(id)
                        .filter(current -> current.order() == order)
                        .map(JobRecord::status)
                        .map(MachineJobs::stateOfLog)
                        .orElseGet(LogState.Deleted::new));
    }

    @Override
    public int runningCount() {
        return jobs.runningCount();
    }

    private static LogState stateOfLog(JobStatus status) {
        return status.isTerminal() ? new LogState.Complete(status) : new LogState.Growing();
    }

    private JobRecord find(String id) {
        return jobs.find(id).orElseThrow(() -> notThere(id));
    }

    private static RefusedException notThere(String id) {
        return new RefusedException(404, "Job " + id + " does not exist");
    }

    private RefusedException notEnoughGpus(double wanted) {
        String message = "the job asks for " + wanted + " GPUs, this machine has " + machine.gpuCount();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("error_type", "gpu_unavailable");
        more.put("message", message);
        more.put("requested_gpus", wanted);
        more.put("total_gpus", machine.gpuCount());
        return new RefusedException(503, message, more);
    }

    /** All keys are always there, as in Ray's answers. */
    private Map<String, @Nullable Object> details(SubmittedJob submitted) {
        JobRecord job = submitted.record();
        JobRequest request = submitted.request();
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("type", "SUBMISSION");
        details.put("job_id", job.id());
        details.put("submission_id", job.id());
        details.put("driver_info", driver(job));
        details.put("status", job.status().value());
        details.put("entrypoint", request.entrypoint());
        details.put("message", jobs.message(job));
        details.put("error_type", job.errorType());
        details.put("start_time", milliseconds(job.startTime()));
        details.put("end_time", milliseconds(job.endTime()));
        details.put("metadata", request.metadata());
        details.put(
                "runtime_env", Optional.<Object>ofNullable(request.runtimeEnv()).orElse(Map.of()));
        details.put("driver_agent_http_address", null);
        details.put("driver_node_id", machine.nodeId());
        details.put("driver_exit_code", job.exitCode());
        return details;
    }

    private @Nullable Map<String, Object> driver(JobRecord job) {
        return job.process() == null
                ? null
                : Map.of(
                        "id", job.id(),
                        "node_ip_address", machine.ip(),
                        "pid", Long.toString(job.process().pid()));
    }

    private static @Nullable Long milliseconds(@Nullable Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
