package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.synapse.sdk.JobStatus;
import io.synapse.sdk.embedded.internal.job.JobRecord;
import io.synapse.sdk.embedded.internal.job.LocalJobs;
import io.synapse.sdk.embedded.internal.log.LogFollower;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code jobs/{id}/logs/…}: the whole text, and the two ways to follow it (wire/agent.md, section 5). Each reader is
 * served by a thread of its own, so that any number of slow ones keep nobody else waiting.
 */
final class LogRoutes {
    private final LocalJobs jobs;
    private final JobRoutes jobRoutes;
    private final ExecutorService followers;
    private final Duration heartbeat;
    private final Map<String, WebSocketFollower> webSockets = new ConcurrentHashMap<>();

    LogRoutes(LocalJobs jobs, JobRoutes jobRoutes, ExecutorService followers, Duration heartbeat) {
        this.jobs = jobs;
        this.jobRoutes = jobRoutes;
        this.followers = followers;
        this.heartbeat = heartbeat;
    }

    void register(RoutesConfig routes) {
        routes.get("/jobs/{id}/logs", this::text);
        routes.get("/jobs/{id}/logs/stream", this::stream);
        routes.wsBeforeUpgrade(
                "/jobs/{id}/logs",
                request -> Position.of(request, jobs.log(jobRoutes.find(request).id())));
        routes.ws("/jobs/{id}/logs", this::webSocket);
    }

    private void text(Context request) throws IOException {
        Path log = jobs.log(jobRoutes.find(request).id());
        request.contentType("text/plain; charset=utf-8");
        if (Files.exists(log)) {
            // decoded and encoded again, so that what is not UTF-8 becomes U+FFFD
            try (Reader reader = new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8);
                    Writer writer = new OutputStreamWriter(request.outputStream(), StandardCharsets.UTF_8)) {
                reader.transferTo(writer);
            }
        }
    }

    /** The published client needs this very content type, and takes every line that is not "data:" for text. */
    private void stream(Context request) {
        JobRecord job = jobRoutes.find(request);
        Position from = Position.of(request, jobs.log(job.id()));
        request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
        request.async(
                task -> {
                    task.executor = followers;
                    task.timeout = 0;
                },
                () -> {
                    OutputStream answer = request.res().getOutputStream(); // Javalin's own does not pass a flush on
                    answer.flush(); // the head at once: the reader learns that it is connected
                    follower(job.id(), from, event -> {
                                answer.write(("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8));
                                answer.flush();
                            })
                            .run();
                });
    }

    private void webSocket(WsConfig socket) {
        socket.onConnect(this::follow);
        socket.onClose(context -> stop(context.sessionId()));
        socket.onError(context -> stop(context.sessionId()));
    }

    private void follow(WsConnectContext context) {
        String id = context.pathParam("id");
        Position from = Position.of(context.queryParam("offset"), context.queryParam("max_event"), jobs.log(id));
        WebSocketFollower follower = new WebSocketFollower(context.session, sink -> follower(id, from, sink));
        webSockets.put(context.sessionId(), follower);
        followers.execute(follower);
    }

    private void stop(String session) {
        WebSocketFollower follower = webSockets.remove(session);
        if (follower != null) {
            follower.stop();
        }
    }

    private LogFollower follower(String id, Position from, LogFollower.Sink sink) {
        Supplier<Optional<JobStatus>> status = () -> jobs.find(id).map(JobRecord::status);
        return new LogFollower(jobs.log(id), status, from.offset(), from.maxEvent(), heartbeat, sink);
    }

    /**
     * Where a reader wants to begin, and how large its events may be.
     *
     * @param offset in bytes of the log
     * @param maxEvent in bytes
     */
    private record Position(long offset, int maxEvent) {
        static Position of(Context request, Path log) {
            return of(request.queryParam("offset"), request.queryParam("max_event"), log);
        }

        static Position of(@Nullable String offset, @Nullable String maxEvent, Path log) {
            long length = log.toFile().length();
            return new Position(number("offset", offset, 0, 0, length), (int) number(
                    "max_event",
                    maxEvent,
                    LogFollower.DEFAULT_MAX_EVENT,
                    LogFollower.SMALLEST_MAX_EVENT,
                    LogFollower.LARGEST_MAX_EVENT));
        }

        private static long number(String name, @Nullable String value, long otherwise, long least, long most) {
            if (value == null) {
                return otherwise;
            }
            if (!value.matches("\\d{1,18}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
                throw new RefusedException(400, name + " must be a whole number from " + least + " to " + most);
            }
            return Long.parseLong(value);
        }
    }
}
