package io.synapse.sdk.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One reader of a log, as events come in. */
final class Tail {
    /** What one event may have, its envelope and the {@code data:} before it included. */
    static final int DEFAULT_LIMIT = 10_240;

    /** The code of a connection without a close frame (RFC 6455, section 7.1.5). */
    private static final int BROKEN_OFF = 1006;

    private static final int MOST_ATTEMPTS = 5;

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    enum Protocol {
        HTTP,
        WEBSOCKET
    }

    private Tail() {}

    /** Begins to read. The query begins with a question mark or is empty. */
    static Tail open(Caller caller, Protocol protocol, String job, String query) {
        Tail tail = new Tail();
        if (protocol == Protocol.WEBSOCKET) {
            tail.openWebSocket(caller, "jobs/" + job + "/logs/" + query);
        } else {
            tail.openHttp(caller, "jobs/" + job + "/logs/stream/" + query);
        }
        return tail;
    }

    /**
     * Reads to the end. The JDK's WebSocket client now and then breaks off a connection whose first frames come in one
     * piece with the handshake (12 of 28,000 on JDK 25, none of 17,000 with the SDK's own client), or reads them from a
     * wrong place and tells of a violated protocol: then once more.
     */
    static Tail read(Caller caller, Protocol protocol, String job, String query) {
        for (int attempt = 1; ; attempt++) {
            Tail tail = open(caller, protocol, job, query);
            if (tail.awaitEnd() != BROKEN_OFF || attempt == MOST_ATTEMPTS) {
                return tail;
            }
        }
    }

    /** Waits for the end: the close code of a WebSocket, 1000 for a complete HTTP answer. */
    int awaitEnd() {
        return end.orTimeout(60, TimeUnit.SECONDS).join();
    }

    boolean hasEnded() {
        return end.isDone();
    }

    /** The events as they went over the wire, without {@code data:}. */
    List<String> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    List<JsonNode> logEvents() {
        return events().stream()
                .map(Caller::json)
                .filter(event -> event.path("type").asText().equals("log"))
                .toList();
    }

    JsonNode lastEvent() {
        List<String> all = events();
        return Caller.json(all.get(all.size() - 1));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        logEvents().forEach(event -> text.append(event.path("message").asText()));
        return text.toString();
    }

    private void openHttp(Caller caller, String path) {
        HttpResponse<InputStream> response;
        try {
            response = Caller.http().send(caller.request(path).GET().build(), BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        if (response.statusCode() != 200
                || !response.headers()
                        .firstValue("content-type")
                        .orElse("")
                        .equals("text/event-stream; charset=utf-8")) {
            throw new AssertionError(response + " " + response.headers().map());
        }
        Thread reader = new Thread(() -> readLines(response.body()), "tail-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Only line feeds end lines here: a reader that takes a lone CR for one would hide one that must not be there. */
    private void readLines(InputStream body) {
        try (Scanner lines = new Scanner(body, StandardCharsets.UTF_8).useDelimiter("\n")) {
            while (lines.hasNext()) {
                accept(lines.next());
            }
            if (lines.ioException() != null) {
                throw lines.ioException();
            }
            end.complete(WebSocket.NORMAL_CLOSURE);
        } catch (IOException | AssertionError e) {
            end.completeExceptionally(e);
        }
    }

    private void accept(String line) {
        if (line.startsWith("data: ")) {
            events.add(line.substring("data: ".length()));
        } else if (!line.isEmpty()) {
            throw new AssertionError("a line that the published client would take for text: " + line);
        }
    }

    private void openWebSocket(Caller caller, String path) {
        Caller.http()
                .newWebSocketBuilder()
                .header("Authorization", caller.token())
                .buildAsync(caller.webSocketUri(path), new Frames())
                .join();
    }

    private final class Frames implements WebSocket.Listener {
        private final StringBuilder frame = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            frame.append(data);
            if (last) {
                events.add(frame.toString());
                frame.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            end.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            if (error instanceof ProtocolException) {
                end.complete(BROKEN_OFF);
            } else {
                end.completeExceptionally(error);
            }
        }
    }
}
