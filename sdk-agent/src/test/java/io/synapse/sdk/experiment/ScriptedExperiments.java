package io.synapse.sdk.experiment;

import io.synapse.sdk.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * A server of experiments that answers as it is told to: requests in the order in which answers were added for them, the
 * last one again and again. Notes what it was asked, beside what it is.
 */
final class ScriptedExperiments implements AutoCloseable {
    static final ZoneId ZONE = ZoneId.of("Asia/Seoul");
    static final String ORIGINAL =
            "{\"message\":\"CVLab-Kit Web Helper\",\"version\":\"1.0.0\",\"status\":\"running\"}";
    static final String SYNAPSE =
            "{\"message\":\"experiments\",\"version\":\"1\",\"status\":\"running\",\"server\":\"synapse\",\"features\":[\"x\"]}";

    /** The server has got the request, and hangs up. */
    static final MockResponse LOST = new MockResponse.Builder()
            .onResponseStart(new SocketEffect.CloseSocket())
            .build();

    /** Requests as {@code METHOD /path?query}, in order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The same requests, whole. */
    final List<Asked> requests = new CopyOnWriteArrayList<>();

    private final MockWebServer server = new MockWebServer();
    private final Map<String, Queue<Function<Asked, MockResponse>>> answers = new ConcurrentHashMap<>();

    /**
     * A request.
     *
     * @param line method, path and query
     * @param body its text
     * @param whole all of it
     */
    record Asked(String line, String body, RecordedRequest whole) {}

    ScriptedExperiments(String kind) throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String line = request.getMethod() + " " + request.getTarget();
                if (line.equals("GET /api/") && !answers.containsKey(line)) {
                    return json(200, kind);
                }
                Asked noted = new Asked(
                        line, request.getBody() == null ? "" : request.getBody().utf8(), request);
                asked.add(line);
                requests.add(noted);
                return answer(noted);
            }
        });
        server.start();
    }

    private MockResponse answer(Asked request) {
        String line = request.line();
        Queue<Function<Asked, MockResponse>> queue = answers.containsKey(line)
                ? answers.get(line)
                : answers.get(line.indexOf('?') < 0 ? line : line.substring(0, line.indexOf('?')));
        if (queue == null) {
            return json(404, "{\"detail\":\"nothing here\"}");
        }
        Function<Asked, MockResponse> next = queue.size() > 1 ? queue.remove() : queue.peek();
        return next.apply(request);
    }

    /** Adds an answer to a request, named with or without its query. */
    ScriptedExperiments on(String request, MockResponse answer) {
        return on(request, asked -> answer);
    }

    /** Adds an answer to a request. */
    ScriptedExperiments on(String request, Function<Asked, MockResponse> answer) {
        answers.computeIfAbsent(request, added -> new ConcurrentLinkedQueue<>()).add(answer);
        return this;
    }

    /** Adds an answer with JSON. */
    ScriptedExperiments on(String request, String json) {
        return on(request, json(200, json));
    }

    static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    static MockResponse text(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "text/plain; charset=utf-8")
                .body(body)
                .build();
    }

    /** A client that tries again without pauses. */
    ExperimentClient client() {
        return builder().build();
    }

    ExperimentClient.Builder builder() {
        return ExperimentClient.builder()
                .baseUrl(url())
                .serverZone(ZONE)
                .retryPolicy(RetryPolicy.DEFAULT
                        .maxAttempts(4)
                        .initialDelay(Duration.ofMillis(1))
                        .maxDelay(Duration.ofMillis(1)));
    }

    String url() {
        return server.url("/").toString();
    }

    /** How many connections it has had. */
    long connections() {
        return requests.stream()
                .map(each -> each.whole().getConnectionIndex())
                .distinct()
                .count();
    }

    @Override
    public void close() {
        server.close();
    }
}
