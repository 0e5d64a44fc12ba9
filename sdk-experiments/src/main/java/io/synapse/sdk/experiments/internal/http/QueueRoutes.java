package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Json;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.queue.Cleanup;
import io.synapse.sdk.experiments.internal.queue.Job;
import io.synapse.sdk.experiments.internal.queue.JobDocuments;
import io.synapse.sdk.experiments.internal.queue.JobEvent;
import io.synapse.sdk.experiments.internal.queue.JobQueries;
import io.synapse.sdk.experiments.internal.queue.JobQueries.Filter;
import io.synapse.sdk.experiments.internal.queue.JobQueries.Found;
import io.synapse.sdk.experiments.internal.queue.JobQueue;
import io.synapse.sdk.experiments.internal.queue.Priority;
import io.synapse.sdk.experiments.internal.queue.QueueStatistics;
import io.synapse.sdk.experiments.internal.queue.Submissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The queue, for those who want jobs to be run (wire/experiments.md, section 2).
 *
 * @param queue what changes jobs
 * @param submissions what takes them in
 * @param documents how they are shown
 * @param queries what reads them
 * @param statistics their numbers
 * @param cleanup what removes them
 */
public record QueueRoutes(
        JobQueue queue,
        Submissions submissions,
        JobDocuments documents,
        JobQueries queries,
        QueueStatistics statistics,
        Cleanup cleanup) {
    private static final int USUAL_LIMIT = 50;
    private static final int USUAL_HOURS = 24;
    private static final int MOST_HOURS = 1_000_000;
    private static final Map<String, Object> DESCRIPTION = Map.of(
            "message",
            "Queue API",
            "endpoints",
            Map.of(
                    "list",
                    "/queue/list",
                    "stats",
                    "/queue/stats",
                    "submit",
                    "/queue/submit",
                    "job",
                    "/queue/job/{job_id}"));

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/queue", this::overview);
        routes.post("/api/queue/add", this::submit);
        routes.post("/api/queue/submit", this::submit);
        routes.get(
                "/api/queue/list", request -> Replies.json(request, 200, page(queries.list(filter(request, 1_000)))));
        routes.get("/api/queue/experiments", this::history);
        routes.get(
                "/api/queue/experiment/{id}",
                request -> Replies.json(request, 200, Map.of("job", queries.get(id(request)))));
        routes.get("/api/queue/stats", request -> Replies.data(request, statistics.document()));
        routes.post("/api/queue/cleanup", this::cleanUp);
        for (String path :
                List.of("/api/queue/job/{id}/cancel", "/api/queue/experiment/{id}/cancel", "/api/queue/cancel/{id}")) {
            routes.post(
                    path,
                    request -> change(
                            request, id -> queue.apply(id, new JobEvent.CancelRequested()), "cancelled successfully"));
        }
        routes.post("/api/queue/job/{id}/pause", request -> change(request, queue::pause, "paused successfully"));
        routes.post(
                "/api/queue/job/{id}/resume",
                request ->
                        change(request, id -> queue.apply(id, new JobEvent.ResumeRequested()), "resumed successfully"));
        routes.post("/api/queue/job/{id}/priority", this::prioritize);
        routes.post(
                "/api/queue/job/{id}/retry",
                request -> Replies.json(
                        request,
                        200,
                        Map.of("job", documents.full(queue.apply(id(request), new JobEvent.RetryRequested())))));
        routes.post("/api/queue/sweep/{id}/retry", this::retrySweep);
    }

    /** An id that no job can have is that of none. */
    static String id(Context request) {
        return Names.checkedUid(request.pathParam("id"));
    }

    /** The message of the original, and beside it what the guide promises. */
    private void overview(Context request) {
        Map<String, @Nullable Object> document = page(queries.list(filter(request, 1_000)));
        document.put("data", DESCRIPTION);
        document.put("meta", Map.of("timestamp", Instant.now().toString(), "version", "1.0"));
        Replies.json(request, 200, document);
    }

    private static Map<String, @Nullable Object> page(Found found) {
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("jobs", found.jobs());
        page.put("total", found.total());
        return page;
    }

    private static Filter filter(Context request, int mostLimit) {
        return new Filter(
                request.queryParam("status"),
                request.queryParam("project"),
                (int) Parameters.number(request, "limit", 1, mostLimit).orElse(USUAL_LIMIT),
                (int) Parameters.number(request, "offset", 0, Integer.MAX_VALUE).orElse(0));
    }

    private void history(Context request) {
        Filter filter = filter(request, 10_000);
        Found found = queries.history(filter);
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("experiments", found.jobs());
        page.put("total", found.total());
        page.put("limit", filter.limit());
        page.put("offset", filter.offset());
        Replies.data(request, page, "Queue experiments retrieved successfully");
    }

    private void submit(Context request) {
        ObjectNode body = Replies.body(request);
        Submissions.Identity identity =
                Submissions.Identity.of(request.header("Idempotency-Key"), request.path(), body);
        Replies.json(request, 200, submissions.submit(body, identity));
    }

    private static void change(Context request, Function<String, Job> change, String what) {
        Job job = change.apply(id(request));
        Replies.data(
                request,
                Map.of(
                        "message",
                        "Job " + job.uid() + " " + what,
                        "status",
                        job.status().word()));
    }

    private void prioritize(Context request) {
        String word = request.queryParam("priority");
        Priority priority = word == null ? priorityOfBody(request) : Priority.ofQuery(word);
        change(
                request,
                id -> queue.apply(id, new JobEvent.PriorityRequested(priority)),
                "priority set to " + priority.word());
    }

    private static Priority priorityOfBody(Context request) {
        ObjectNode body = request.bodyAsBytes().length == 0 ? Json.MAPPER.createObjectNode() : Replies.body(request);
        if (!body.hasNonNull("priority")) {
            throw Failure.invalid("missing", List.of("query", "priority"), "Field required");
        }
        return Priority.of(body.get("priority"), "body");
    }

    private void retrySweep(Context request) {
        List<Map<String, @Nullable Object>> jobs =
                queue.retryFailed(id(request)).stream().map(documents::full).toList();
        Replies.json(request, 200, Map.of("jobs", jobs, "total", jobs.size()));
    }

    private void cleanUp(Context request) {
        long hours = Parameters.number(request, "hours", 0, MOST_HOURS).orElse(USUAL_HOURS);
        int count = cleanup.removeOlderThan(Duration.ofHours(hours));
        Replies.data(request, Map.of("message", "Cleaned up " + count + " old jobs", "cleaned_count", count));
    }
}
