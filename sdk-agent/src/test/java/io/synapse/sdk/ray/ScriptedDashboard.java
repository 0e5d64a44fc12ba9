package io.synapse.sdk.ray;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;

/** A dashboard that sends the given responses one after the other, and records requests. */
final class ScriptedDashboard implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Deque<MockResponse> answers = new ArrayDeque<>();
    private final Map<String, MockResponse> usual = new LinkedHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    /** Starts it and gives its address. */
    String start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answerTo(request);
            }
        });
        server.start();
        return server.url("/").toString();
    }

    /** The next answer. */
    ScriptedDashboard answer(int status, String body) {
        return then(response(status, body));
    }

    /** Takes the next request and closes the connection without a word. */
    ScriptedDashboard loseReply() {
        return then(new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket())
                .build());
    }

    /** The default response. */
    ScriptedDashboard answerFromNowOn(int status, String body) {
        return answerTo("", status, body);
    }

    /** The default response to that method. */
    synchronized ScriptedDashboard answerTo(String method, int status, String body) {
        usual.put(method, response(status, body));
        return this;
    }

    /** Method and target of each request. */
    List<String> requests() {
        return requests.stream()
                .map(request -> request.getMethod() + " " + request.getTarget())
                .toList();
    }

    /** The body of a request. */
    String body(int index) {
        return Objects.requireNonNull(requests.get(index).getBody()).utf8();
    }

    /** A response of a real dashboard, with another folder of its Python. */
    static String recorded(String name) {
        try (InputStream text = ScriptedDashboard.class.getResourceAsStream("/ray/jobs/" + name + ".txt")) {
            return new String(Objects.requireNonNull(text, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized ScriptedDashboard then(MockResponse answer) {
        answers.add(answer);
        return this;
    }

    private synchronized MockResponse answerTo(RecordedRequest request) {
        requests.add(request);
        MockResponse next = answers.poll();
        @Nullable MockResponse otherwise = usual.getOrDefault(request.getMethod(), usual.get(""));
        return next != null
                ? next
                : otherwise != null ? otherwise : response(500, "no response is set for this request");
    }

    private static MockResponse response(int status, String body) {
        return new MockResponse.Builder().code(status).body(body).build();
    }
}
