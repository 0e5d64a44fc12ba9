package io.synapse.sdk.embedded.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.util.function.ThrowingRunnable;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.synapse.sdk.embedded.internal.backend.RefusedException;
import io.synapse.sdk.embedded.internal.log.Log;
import io.synapse.sdk.embedded.internal.log.LogFollower;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code jobs/{id}/logs/…}, and {@code builds/{id}/logs/…} likewise: the whole text, and the two ways to follow it
 * (wire/agent.md, section 5). Each reader is served by a thread of its own, so that any number of slow ones keep nobody
 * else waiting.
 */
final class LogRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LogRoutes.class);

    private final String path;
    private final Function<String, Log> logs;
    private final ExecutorService followers;
    private final Duration heartbeat;
    private final Map<String, WebSocketFollower> webSockets = new ConcurrentHashMap<>();

    /**
     * Routes to logs.
     *
     * @param path where they are; the id in it is {@code {id}}
     * @param logs the log of an id; refuses with 404 when there is none
     */
    LogRoutes(String path, Function<String, Log> logs, ExecutorService followers, Duration heartbeat) {
        this.path = path;
        this.logs = logs;
        this.followers = followers;
        this.heartbeat = heartbeat;
    }

    void register(RoutesConfig routes) {
        routes.get(path, this::text);
        routes.get(path + "/stream", this::stream);
        routes.wsBeforeUpgrade(path, request -> Position.of(request, log(request)));
        routes.ws(path, this::webSocket);
    }

    private void text(Context request) {
        Log log = log(request);
        request.contentType("text/plain; charset=utf-8");
        onOwnThread(request, () -> log.copyTo(request.res().getOutputStream()));
    }

    /** The published client needs this very content type, and takes every line that is not "data:" for text. */
    private void stream(Context request) {
        Log log = log(request);
        Position from = Position.of(request, log);
        request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
        onOwnThread(request, () -> {
            OutputStream answer = request.res().getOutputStream(); // Javalin's own does not pass a flush on
            answer.flush(); // the head at once: the reader learns that it is connected
            follower(log, from, event -> {
                        answer.write(("data: " + event + "\n").getBytes(StandardCharsets.UTF_8));
                        answer.flush();
                        // Jetty ends a chunk only when it begins the next, and the published client waits for the
                        // end: the empty line that separates events is a chunk of its own, which ends the event's.
                        answer.write('\n');
                        answer.flush();
                    })
                    .run();
        });
    }

    private void onOwnThread(Context request, ThrowingRunnable<Exception> task) {
        request.async(
                settings -> {
                    settings.executor = followers;
                    settings.timeout = 0;
                },
                () -> {
                    try {
                        task.run();
                    } catch (InterruptedIOException e) {
                        LOG.debug("the agent is closing; its readers are cut off", e);
                    }
                });
    }

    private void webSocket(WsConfig socket) {
        socket.onConnect(this::follow);
        socket.onClose(context -> stop(context.sessionId()));
        socket.onError(context -> stop(context.sessionId()));
    }

    private void follow(WsConnectContext context) {
        Log log = logs.apply(JobRoutes.checked(context.pathParam("id")));
        Position from = Position.of(context::queryParam, log);
        WebSocketFollower follower = new WebSocketFollower(context.session, sink -> follower(log, from, sink));
        webSockets.put(context.sessionId(), follower);
        followers.execute(follower);
    }

    private void stop(String session) {
        WebSocketFollower follower = webSockets.remove(session);
        if (follower != null) {
            follower.stop();
        }
    }

    private Log log(Context request) {
        return logs.apply(JobRoutes.id(request));
    }

    private LogFollower follower(Log log, Position from, LogFollower.Sink sink) {
        return new LogFollower(log, from.offset(), from.lastLines(), from.maxEvent(), heartbeat, sink);
    }

    /**
     * Where a reader wants to begin, and how large its events may be.
     *
     * @param offset in bytes of the log
     * @param lastLines that so many of the last lines begin there, if that is what he wants
     * @param maxEvent in bytes
     */
    private record Position(long offset, OptionalInt lastLines, int maxEvent) {
        static Position of(Context request, Log log) {
            return of(request::queryParam, log);
        }

        static Position of(UnaryOperator<@Nullable String> query, Log log) {
            int maxEvent = (int) QueryNumber.of(
                    "max_event",
                    query.apply("max_event"),
                    LogFollower.DEFAULT_MAX_EVENT,
                    LogFollower.SMALLEST_MAX_EVENT,
                    LogFollower.LARGEST_MAX_EVENT);
            long offset = QueryNumber.of("offset", query.apply("offset"), 0, 0, QueryNumber.MAX);
            int tail = (int) QueryNumber.of("tail", query.apply("tail"), -1, 0, Integer.MAX_VALUE);
            try {
                requireSame(log, query.apply("log"), offset, query.apply("crc"));
                OptionalLong start =
                        tail >= 0 && query.apply("offset") == null ? log.startOfLast(tail) : OptionalLong.empty();
                return start.isPresent()
                        ? new Position(start.getAsLong(), OptionalInt.of(tail), maxEvent)
                        : new Position(offset, OptionalInt.empty(), maxEvent);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whoever goes on with a log must get that log. */
        private static void requireSame(Log log, @Nullable String known, long offset, @Nullable String checksum)
                throws IOException {
            if (known != null && !known.equals(log.identity())) {
                throw new RefusedException(409, "another log has taken the place of the one that was read");
            }
            long largest = log.largestOffset();
            if (offset > largest) {
                throw new RefusedException(416, "the log has " + largest + " bytes, fewer than " + offset);
            }
            if (checksum != null && !checksum.matches("[0-9a-f]{1,8}")) {
                throw new RefusedException(400, "crc must be a CRC-32C in hexadecimal digits");
            }
            if (checksum != null && log.differs(offset, Integer.parseUnsignedInt(checksum, 16))) {
                throw new RefusedException(409, "the log was cut: it does not begin with what was read of it");
            }
        }
    }
}
