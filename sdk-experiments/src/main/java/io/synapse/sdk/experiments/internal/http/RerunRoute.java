package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.config.Config;
import io.synapse.sdk.experiments.internal.config.ConfigException;
import io.synapse.sdk.experiments.internal.queue.Submissions;
import io.synapse.sdk.experiments.internal.run.RunFile;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.Runs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/** {@code run/rerun}: queues the config of a run again, or another one in its place. */
public final class RerunRoute {
    private final Runs runs;
    private final Submissions submissions;

    public RerunRoute(Runs runs, Submissions submissions) {
        this.runs = runs;
        this.submissions = submissions;
    }

    /** Adds the route. */
    public void register(RoutesConfig routes) {
        routes.post("/api/run/rerun", this::rerun);
    }

    private void rerun(Context request) throws IOException {
        ObjectNode body = Replies.body(request);
        RunRecord run = runs.get(Fields.text(body, "project"), Fields.text(body, "run_name"));
        ObjectNode job = Json.MAPPER.createObjectNode();
        job.put("config", config(body.path("config"), run))
                .put("project", run.project())
                .put("name", run.name());
        Submissions.Identity identity =
                Submissions.Identity.of(request.header("Idempotency-Key"), request.path(), body);
        Replies.json(request, 200, submissions.submit(job, identity));
    }

    /** A text is YAML; an object is written as JSON, which YAML includes. None, and an empty one, mean the stored config. */
    private String config(JsonNode given, RunRecord run) throws IOException {
        if (given.isTextual()) {
            return given.textValue();
        }
        if (given.isObject() && !given.isEmpty()) {
            return given.toString();
        }
        RunFile file = run.file(RunFile.Kind.CONFIG)
                .orElseThrow(() -> Failure.badRequest("run " + run.name() + " has no config: send one"));
        try {
            return Config.read(runs.path(run, file));
        } catch (ConfigException e) {
            throw e.failure();
        } catch (CharacterCodingException e) {
            throw Failure.badRequest("the config of run " + run.name() + " is not UTF-8: send one");
        }
    }
}
