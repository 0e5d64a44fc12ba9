package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.file.JobLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code queue/job/{uid}/log}: the output of jobs as bytes from an offset on, and as text. */
public final class JobLogRoutes {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})?");
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

    private void bytes(Context request) {
        String uid = request.pathParam("uid");
        String word = request.queryParam("stream");
        JobLogs.Stream stream = JobLogs.Stream.of(word == null ? "stdout" : word);
        OptionalLong offset = Parameters.number(request, "offset", 0, MOST);
        OptionalLong limit = Parameters.number(request, "limit", 0, MOST);
        String range = request.header("Range");
        request.contentType("text/plain; charset=utf-8").header("Accept-Ranges", "bytes");
        if (offset.isPresent() || limit.isPresent()) {
            JobLogs.Slice slice = logs.read(uid, stream, offset.orElse(0), limit.orElse(MOST));
            request.header("X-Log-Size", Long.toString(slice.size())).result(slice.bytes());
        } else if (range != null) {
            range(request, logs, uid, stream, range);
        } else {
            whole(request, uid, stream);
        }
    }

    private static void range(Context request, JobLogs logs, String uid, JobLogs.Stream stream, String header) {
        Matcher range = RANGE.matcher(header);
        if (!range.matches()) {
            throw Failure.badRequest("of Range only bytes=FIRST- and bytes=FIRST-LAST are known here");
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? MOST : Long.parseLong(range.group(2));
        if (last < first) {
            throw Failure.badRequest("the range ends before it begins");
        }
        JobLogs.Slice slice = logs.read(uid, stream, first, last - first + 1);
        if (slice.bytes().length == 0) {
            request.header("Content-Range", "bytes */" + slice.size());
            throw Failure.of(416, "Range Not Satisfiable", "the log has " + slice.size() + " bytes");
        }
        long end = first + slice.bytes().length - 1;
        request.status(206)
                .header("Content-Range", "bytes " + first + "-" + end + "/" + slice.size())
                .result(slice.bytes());
    }

    private void whole(Context request, String uid, JobLogs.Stream stream) {
        if (!logs.exists(uid, stream)) {
            throw Failure.notFound("Log file not found for job: " + uid);
        }
        try {
            request.result(Files.newInputStream(logs.file(uid, stream)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
