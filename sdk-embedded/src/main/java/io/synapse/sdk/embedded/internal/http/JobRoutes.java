package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.ResourceId;
import io.synapse.sdk.embedded.internal.backend.Fields;
import io.synapse.sdk.embedded.internal.backend.JobRequest;
import io.synapse.sdk.embedded.internal.backend.Jobs;
import java.io.IOException;
import java.util.Map;

/** {@code jobs/…}: submit, list, look at, stop and delete. */
final class JobRoutes {
    private final Jobs jobs;

    JobRoutes(Jobs jobs) {
        this.jobs = jobs;
    }

    void register(RoutesConfig routes) {
        routes.get("/jobs", request -> Answers.array(request, jobs.list()));
        routes.post("/jobs", this::submit);
        routes.get("/jobs/{id}", request -> Answers.json(request, 200, jobs.get(id(request))));
        routes.delete("/jobs/{id}", this::delete);
        routes.post("/jobs/{id}/stop", this::stop);
    }

    /** The job ID in the path. */
    static String id(Context request) {
        return checked(request.pathParam("id"));
    }

    /** The same, if it can be a job's ID. */
    static String checked(String id) {
        Fields.require(ResourceId.isValid(id), "a job ID consists of letters, digits, _ and -, at most 100 of them");
        return id;
    }

    private void submit(Context request) throws IOException {
        String id = jobs.submit(JobRequest.parse(Answers.body(request)));
        Answers.json(request, 200, Map.of("job_id", id, "submission_id", id));
    }

    private void stop(Context request) {
        jobs.stop(id(request));
        Answers.json(request, 200, Map.of("stopped", true));
    }

    private void delete(Context request) throws IOException {
        jobs.delete(id(request));
        Answers.json(request, 200, Map.of("deleted", true));
    }
}
