package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.host.ThisMachine;
import io.synapse.sdk.embedded.internal.job.JobRecord;
import io.synapse.sdk.embedded.internal.job.JobRequest;
import io.synapse.sdk.embedded.internal.job.LocalJobs;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code jobs/…}: submit, list, look at, stop and delete. A job looks like Ray's JobDetails (wire/ray.md, section 1). */
final class JobRoutes {
    private final LocalJobs jobs;
    private final ThisMachine machine;

    JobRoutes(LocalJobs jobs, ThisMachine machine) {
        this.jobs = jobs;
        this.machine = machine;
    }

    void register(RoutesConfig routes) {
        routes.get("/jobs", this::list);
        routes.post("/jobs", this::submit);
        routes.get("/jobs/{id}", request -> Answers.json(request, 200, details(find(request))));
        routes.delete("/jobs/{id}", this::delete);
        routes.post("/jobs/{id}/stop", this::stop);
    }

    /** The job that the path names. */
    JobRecord find(Context request) {
        return find(request.pathParam("id"));
    }

    /** The job of that id. */
    JobRecord find(String id) {
        if (!id.matches("[A-Za-z0-9_-]{1,100}")) {
            throw new RefusedException(400, "a job ID consists of letters, digits, _ and -, at most 100 of them");
        }
        return jobs.find(id).orElseThrow(() -> new RefusedException(404, "Job " + id + " does not exist"));
    }

    private void list(Context request) {
        Answers.json(request, 200, jobs.list().stream().map(this::details).toList());
    }

    private void submit(Context request) {
        JobRequest wanted = JobRequest.parse(Answers.body(request));
        if (wanted.gpus() > 0 && wanted.gpus() > machine.gpuCount()) { // counting them takes a moment
            Answers.json(request, 503, notEnoughGpus(wanted.gpus()));
            return;
        }
        machine.cannotEverRun(wanted.cpus(), wanted.memory()).ifPresent(why -> {
            throw new RefusedException(400, why);
        });
        String id = jobs.submit(wanted).id();
        Answers.json(request, 200, Map.of("job_id", id, "submission_id", id));
    }

    private void stop(Context request) {
        jobs.stop(find(request).id());
        Answers.json(request, 200, Map.of("stopped", true));
    }

    private void delete(Context request) throws IOException {
        jobs.delete(find(request).id());
        Answers.json(request, 200, Map.of("deleted", true));
    }

    private Map<String, Object> notEnoughGpus(double wanted) {
        Map<String, Object> answer = new LinkedHashMap<>();
        String message = "the job asks for " + wanted + " GPUs, this machine has " + machine.gpuCount();
        answer.put("detail", message);
        answer.put("error_type", "gpu_unavailable");
        answer.put("message", message);
        answer.put("requested_gpus", wanted);
        answer.put("total_gpus", machine.gpuCount());
        return answer;
    }

    /** All keys are always there, as in Ray's answers. */
    private Map<String, @Nullable Object> details(JobRecord job) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("type", "SUBMISSION");
        details.put("job_id", job.id());
        details.put("submission_id", job.id());
        details.put("driver_info", driver(job));
        details.put("status", job.status().value());
        details.put("entrypoint", job.request().entrypoint());
        details.put("message", job.message());
        details.put("error_type", job.errorType());
        details.put("start_time", milliseconds(job.startTime()));
        details.put("end_time", milliseconds(job.endTime()));
        details.put("metadata", job.request().metadata());
        details.put(
                "runtime_env",
                Optional.<Object>ofNullable(job.request().runtimeEnv()).orElse(Map.of()));
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
