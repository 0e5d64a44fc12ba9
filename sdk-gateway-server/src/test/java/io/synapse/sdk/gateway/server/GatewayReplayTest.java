package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The requests that were recorded with the original get answers of the same form here (wire/gateway.md, section 2). */
class GatewayReplayTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is answered otherwise on purpose: section 7 of wire/gateway.md. */
    private static final Set<String> OTHERWISE = Set.of(
            "execute goes to a shell", // there is none
            "execute, two lines and a tab", // the program echo, and not that of a shell
            "CORS preflight, any origin",
            "origin reflected",
            "stream of a swarm runs the pipeline", // here it runs the swarm
            "OpenAPI document, paths only");

    private static EmbeddedGateway gateway;

    @BeforeAll
    static void start() {
        gateway = EmbeddedGateway.builder().allowCommands(true).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    record Exchange(JsonNode line) {
        String text(String name) {
            return line.path(name).asText();
        }

        /** Whether the original was asked while one of its services was down; then nothing can be compared. */
        boolean isOfAHealthyGateway() {
            return !text("case").contains("stopped") && !text("case").contains("hangs");
        }

        @Override
        public String toString() {
            return text("case") + ": " + text("method") + " " + text("path") + " " + line.get("request");
        }
    }

    static Stream<Exchange> exchanges() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(GatewayReplayTest.class.getResourceAsStream("/gateway-requests.jsonl")),
                StandardCharsets.UTF_8))) {
            List<Exchange> all = lines.lines()
                    .map(GatewayReplayTest::parse)
                    .map(Exchange::new)
                    .filter(each -> each.text("kind").equals("http"))
                    .filter(Exchange::isOfAHealthyGateway)
                    .filter(each -> !OTHERWISE.contains(each.text("case")))
                    .toList();
            assertThat(all).hasSizeGreaterThan(70);
            return all.stream();
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void aRecordedRequestIsAnsweredInTheSameForm(Exchange exchange) throws Exception {
        HttpResponse<String> answer = Http.of(gateway).send(request(exchange));
        JsonNode recorded = exchange.line().get("response");
        int status = exchange.line().get("status").asInt();
        if (status == 500) { // a bare one, of a request that is invalid
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertProblem(answer, "invalid");
            return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        if (exchange.text("path").equals("/metrics")) {
            assertThat(answer.body()).contains("synapse_pool_size{");
        } else if (recorded.isArray()) {
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
            assertSameFrames(frames(recorded), frames(answer.body()));
        } else if (status == 422) {
            assertThat(withoutParserWords(JSON.readTree(answer.body()))).isEqualTo(withoutParserWords(recorded));
        } else if (status >= 400 && !answer.body().isEmpty()) {
            assertThat(JSON.readTree(answer.body()).get("detail")).isEqualTo(recorded.get("detail"));
        } else if (recorded.isObject()) {
            JsonNode body = JSON.readTree(answer.body());
            assertSameKeys(recorded, body, exchange.line().has("abridged"), "");
            for (String name : List.of("exit_code", "success", "stdout", "content_length", "token_estimate", "task")) {
                if (recorded.has(name) && !exchange.toString().contains("timed out") && !isPlaceOf(exchange)) {
                    assertThat(body.get(name)).as(name).isEqualTo(recorded.get(name));
                }
            }
        }
        assertThat(answer.headers().firstValue("X-Response-Time"))
                .hasValueSatisfying(time -> assertThat(time).matches("\\d+\\.\\d\\dms"));
    }

    /** Its answer is the folder that the gateway was started in. */
    private static boolean isPlaceOf(Exchange exchange) {
        return exchange.text("case").equals("execute pwd without working_dir");
    }

    private static void assertProblem(HttpResponse<String> answer, String kind) throws IOException {
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("kind").asText()).isEqualTo(kind);
    }

    private static HttpRequest request(Exchange exchange) throws IOException {
        HttpRequest.Builder request = Http.of(gateway).request(exchange.text("path"));
        JsonNode body = exchange.line().get("request");
        boolean isRaw = body.isTextual();
        String type = contentType(exchange, isRaw);
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        byte[] bytes = body.isNull()
                ? new byte[0]
                : isRaw ? body.textValue().getBytes(StandardCharsets.ISO_8859_1) : JSON.writeValueAsBytes(body);
        return request.method(exchange.text("method"), HttpRequest.BodyPublishers.ofByteArray(bytes))
                .build();
    }

    private static String contentType(Exchange exchange, boolean isRaw) {
        return switch (exchange.text("case")) {
            case "JSON without content type" -> "";
            case "content type with +json" -> "application/vnd.api+json";
            case "content type text/json" -> "text/json";
            default -> exchange.line().get("request").isNull() ? "" : "application/json";
        };
    }

    /** The words of a parser, and the place where it gave up, are its own. */
    private static JsonNode withoutParserWords(JsonNode document) {
        document.get("detail").forEach(error -> {
            if (error.get("type").asText().equals("json_invalid")) {
                ((ObjectNode) error).remove(List.of("ctx", "loc"));
            }
        });
        return document;
    }

    private static void assertSameKeys(JsonNode recorded, JsonNode answered, boolean isAbridged, String place) {
        if (recorded.isArray()) {
            for (int index = 0; index < recorded.size() && !isAbridged; index++) {
                if (answered.size() > index) {
                    assertSameKeys(recorded.get(index), answered.get(index), false, place + "[" + index + "]");
                }
            }
        } else if (recorded.isObject()) {
            Set<String> keys = keys(answered);
            if (isAbridged) {
                keys.retainAll(keys(recorded));
            }
            // our own fields, and one that the original drops
            keys.removeAll(Set.of("source", "suggestion", "workflow_id"));
            Set<String> expected = keys(recorded);
            expected.remove("actions"); // of abridged recordings
            assertThat(keys).as(place).isEqualTo(expected);
            expected.forEach(
                    name -> assertSameKeys(recorded.get(name), answered.get(name), isAbridged, place + "." + name));
        }
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<JsonNode> frames(JsonNode recorded) {
        return StreamSupport.stream(recorded.spliterator(), false)
                .map(frame -> parse(frame.asText().substring("data: ".length())))
                .toList();
    }

    private static List<JsonNode> frames(String body) {
        return Stream.of(body.split("\n\n"))
                .map(frame -> frame.substring(frame.indexOf("data: ") + "data: ".length()))
                .map(GatewayReplayTest::parse)
                .toList();
    }

    private static void assertSameFrames(List<JsonNode> recorded, List<JsonNode> answered) {
        assertThat(answered).hasSameSizeAs(recorded);
        for (int index = 0; index < recorded.size(); index++) {
            JsonNode was = recorded.get(index);
            JsonNode is = answered.get(index);
            assertThat(is.get("event")).isEqualTo(was.get("event"));
            assertThat(is.get("step")).isEqualTo(was.get("step"));
            assertSameKeys(was, is, !was.has("result"), was.get("event").asText());
        }
    }
}
