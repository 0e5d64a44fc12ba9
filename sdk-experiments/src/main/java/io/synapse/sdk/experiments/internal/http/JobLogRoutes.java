package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.JobLogs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code queue/job/{uid}/log}: the output of jobs as bytes from an offset on, and as text. */
public final class JobLogRoutes {
    private static final long MOST = 999_999_999_999_999_999L;

    private final JobLogs logs;

    public JobLogRoutes(JobLogs logs) {
        this.logs = logs;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        for (String job :
                List.of("/api/queue/job/{uid}", "/api/queue/experiment/{uid}", "/api/queue/experiments/{uid}")) {
            routes.get(job + "/log", this::bytes);
            routes.get(
                    job + "/logs",
                    request -> Replies.data(request, Map.of("content", logs.text(request.pathParam("uid")))));
        }
    }

    private void bytes(Context request) throws IOException {
        String uid = request.pathParam("uid");
        String word = request.queryParam("stream");
        JobLogs.Stream stream = JobLogs.Stream.of(word == null ? "stdout" : word);
        OptionalLong offset = Parameters.number(request, "offset", 0, MOST);
        OptionalLong limit = Parameters.number(request, "limit", 0, MOST);
        request.contentType("text/plain; charset=utf-8");
        if (offset.isPresent() || limit.isPresent()) {
            JobLogs.Slice slice = logs.read(uid, stream, offset.orElse(0), limit.orElse(MOST));
            request.header("X-Log-Size", Long.toString(slice.size())).result(slice.bytes());
            return;
        }
        if (!logs.exists(uid, stream)) {
            throw Failure.notFound("Log file not found for job: " + uid);
        }
        FileReply.send(request, logs.file(uid, stream));
    }
}
