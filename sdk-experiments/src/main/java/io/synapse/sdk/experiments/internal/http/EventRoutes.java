package io.synapse.sdk.experiments.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.embedded.internal.DaemonThreads;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.event.EventFrame;
import io.synapse.sdk.experiments.internal.event.EventStream;
import io.synapse.sdk.experiments.internal.event.EventStreams;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams of events (wire/experiments.md, section 4). A browser gives a named event to none of the handlers of unnamed ones,
 * so there are two paths.
 */
public final class EventRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(EventRoutes.class);

    private final EventStreams streams;
    private final ExecutorService writers =
            Executors.newCachedThreadPool(new DaemonThreads("experiments-event-writer"));

    /** Routes to these streams. */
    public EventRoutes(EventStreams streams) {
        this.streams = streams;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/events/stream", request -> stream(request, false));
        routes.get("/events/stream", request -> stream(request, true));
    }

    private void stream(Context request, boolean isNamed) {
        Long after = after(request);
        request.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-cache");
        CallerConnection connection = CallerConnection.of(request);
        request.async(
                settings -> {
                    settings.executor = writers;
                    settings.timeout = 0;
                },
                () -> {
                    // A write that waits for a client which does not read ends with the connection only.
                    try (EventStream stream = streams.open(after, connection::close)) {
                        stream.writeTo(new Output(request.res().getOutputStream(), isNamed));
                    } catch (IOException e) {
                        LOG.debug("the reader of a stream of events has gone", e);
                    }
                });
    }

    private static @Nullable Long after(Context request) {
        String header = request.header("Last-Event-ID");
        String after = header == null ? request.queryParam("after") : header;
        if (after == null || after.isEmpty()) {
            return null;
        }
        if (!after.matches("\\d{1,18}")) {
            List<String> location = header == null ? List.of("query", "after") : List.of("header", "Last-Event-ID");
            throw Failure.invalid("int_parsing", location, "Input should be the id of an event");
        }
        return Long.valueOf(after);
    }

    /** Writes server-sent events. */
    private static final class Output implements EventStream.Sink {
        private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

        private final OutputStream body;
        private final boolean isNamed;

        Output(OutputStream answer, boolean isNamed) {
            this.body = new BufferedOutputStream(answer);
            this.isNamed = isNamed;
        }

        @Override
        public void write(EventFrame frame) throws IOException {
            String id = frame.hasId() ? "id: " + frame.id() + "\n" : "";
            String event = isNamed ? "event: " + frame.type() + "\n" : "";
            body.write((id + event + "data: ").getBytes(StandardCharsets.UTF_8));
            body.write(frame.json());
            body.write(END);
        }

        @Override
        public void keepAlive() throws IOException {
            body.write(": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII));
        }

        /**
         * Jetty ends a chunk only when it begins the next, and some clients wait for the end: an empty line more, which
         * has no meaning, is a chunk of its own.
         */
        @Override
        public void flush() throws IOException {
            body.flush();
            body.write('\n');
            body.flush();
        }
    }
}
