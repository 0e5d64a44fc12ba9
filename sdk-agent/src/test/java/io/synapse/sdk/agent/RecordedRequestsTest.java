package io.synapse.sdk.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.agent.RecordedCalls.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both clients send for every recorded call what the published Python client sent for it: same method, same target,
 * with or without the final slash, equal JSON, the same parts of a form. There is no line where ours differs.
 */
class RecordedRequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<Arguments> recordings() throws IOException {
        return Recording.all().stream()
                .flatMap(recording -> Stream.of(Operations.values()).map(kind -> Arguments.of(kind, recording)));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsSentIsWhatWasRecorded(Operations kind, Recording recording, @TempDir Path folder) throws Exception {
        Path archive = Files.writeString(folder.resolve("plugin.zip"), "not really a zip");
        Call call = new RecordedCalls(archive).of(recording);
        List<RecordedRequest> sent = new ArrayList<>();
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(new Server(server, recording));
            server.start();
            try (AgentClient client = AgentClient.builder()
                    .baseUrl(server.url("/").toString())
                    .agentToken("agent-token")
                    .build()) {
                kind.call(client, call.operation(), call.arguments());
            }
            for (int i = server.getRequestCount(); i > 0; i--) {
                sent.add(server.takeRequest(1, TimeUnit.SECONDS));
            }
        }

        // a followed log ends with a question for the job's status, which the published client never asks
        sent.removeIf(request -> recording.call().startsWith("tailJobLogs")
                && request.getTarget().endsWith("abc-1/"));
        assertThat(sent).hasSameSizeAs(recording.requests());
        for (int i = 0; i < sent.size(); i++) {
            assertSame(sent.get(i), recording.requests().get(i));
        }
    }

    private static void assertSame(RecordedRequest sent, JsonNode recorded) throws IOException {
        assertThat(sent.getMethod() + " " + sent.getTarget())
                .isEqualTo(recorded.get("method").textValue() + " "
                        + recorded.get("target").textValue());
        assertThat(sent.getHeaders().get("Authorization")).isEqualTo("agent-token");
        String contentType = sent.getHeaders().get("Content-Type");
        if (recorded.has("contentType")) {
            assertThat(contentType).startsWith(recorded.get("contentType").textValue());
        } else {
            assertThat(contentType).isNull();
        }
        String body = sent.getBody() == null ? "" : sent.getBody().utf8();
        if (!recorded.has("body")) {
            assertThat(body).isEmpty();
        } else if (recorded.get("body").has("multipart")) {
            assertThat(parts(body)).isEqualTo(recordedParts(recorded));
        } else {
            assertThat(JSON.readTree(body)).isEqualTo(recorded.get("body"));
        }
    }

    /** A part of a form; text that is JSON is compared as such. */
    private record Part(String name, String filename, String type, Object value) {}

    private static List<Part> recordedParts(JsonNode recorded) {
        List<Part> parts = new ArrayList<>();
        for (JsonNode part : recorded.get("body").get("multipart")) {
            parts.add(new Part(
                    part.get("name").textValue(),
                    part.get("filename").textValue(),
                    part.get("type").textValue(),
                    part.get("text").isNull() ? "" : value(part.get("text").textValue())));
        }
        return parts;
    }

    private static List<Part> parts(String body) {
        String boundary = body.substring(0, body.indexOf("\r\n"));
        List<Part> parts = new ArrayList<>();
        for (String part : body.split(Pattern.quote(boundary))) {
            int end = part.indexOf("\r\n\r\n");
            if (end > 0) {
                String head = part.substring(0, end);
                String filename = find(head, "filename=\"([^\"]*)\"");
                String text = part.substring(end + 4, part.length() - 2);
                parts.add(new Part(
                        find(head, "[ ;]name=\"([^\"]*)\""),
                        filename,
                        find(head, "(?i)content-type: (.*)"),
                        filename == null ? value(text) : ""));
            }
        }
        return parts;
    }

    private static Object value(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return text;
        }
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? matcher.group(1).strip() : null;
    }

    /** Answers in such a way that the client goes on as the published one did. */
    private static final class Server extends Dispatcher {
        private final MockWebServer server;
        private final Recording recording;

        Server(MockWebServer server, Recording recording) {
            this.server = server;
            this.recording = recording;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            String target = request.getTarget();
            if (target.endsWith("/logs/stream/")) {
                return answer("data: {\"type\":\"log\",\"message\":\"x\\n\"}\n\ndata: {\"type\":\"complete\"}\n\n");
            } else if (target.contains("/jobs/raysubmit_abc-1/") && target.endsWith("abc-1/")) {
                return answer("{\"submission_id\":\"raysubmit_abc-1\",\"status\":\"SUCCEEDED\"}");
            } else if (target.startsWith("/builds/")) {
                return answer("{\"status\":\"completed\",\"result\":{\"id\":5}}");
            } else if (recording.call().startsWith("createContainer")) {
                return answer("{\"build_id\":\"b1\"}");
            } else if (recording.call().contains("all pages")) {
                return page(target);
            }
            return answer(
                    recording.call().matches("list(Jobs|Nodes|Tasks|ServeApplications|DockerContainers)")
                            ? "[]"
                            : "{}");
        }

        private MockResponse page(String target) {
            boolean first = !target.contains("page=2");
            String next = first ? "\"" + server.url(target + "&page=2") + "\"" : "null";
            return answer("{\"count\":2,\"next\":" + next + ",\"previous\":null,\"results\":[{\"id\":1}]}");
        }

        private static MockResponse answer(String body) {
            return new MockResponse.Builder().body(body).build();
        }
    }
}
