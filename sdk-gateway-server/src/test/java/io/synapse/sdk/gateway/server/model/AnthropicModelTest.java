package io.synapse.sdk.gateway.server.model;

import static io.synapse.sdk.gateway.server.model.OpenAiReplies.PLAN;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.json;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.pieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.ProviderServer.Answer;
import io.synapse.sdk.gateway.server.model.ProviderServer.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of Anthropic: its events, its errors (wire/gateway.md, section 11, row 19). */
@Timeout(60)
class AnthropicModelTest {
    private static final String KEY = "ak-4711-secret-0815";

    private final ProviderServer server;
    private final ModelAgent agent;
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> received = new ArrayList<>();

    AnthropicModelTest() throws IOException {
        server = new ProviderServer();
        agent = ModelAgent.builder()
                .anthropicKey(KEY)
                .anthropicBaseUrl(server.url("/v1"))
                .model("anthropic/test-1")
                .readTimeout(Duration.ofSeconds(2))
                .pause(pauses::add)
                .build();
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        server.close();
    }

    @Test
    void aPlanComesInPieces() throws Exception {
        server.then(events(3, answer -> {
            named(answer, "content_block_stop", Map.of("index", 0));
            named(answer, "message_delta", Map.of("delta", Map.of("stop_reason", "end_turn")));
            named(answer, "message_stop", Map.of());
            answer.end();
        }));

        assertThat(agent.plan(PlanRequest.of("x"), received::add).totalSteps()).isEqualTo(2);

        assertThat(received).isEqualTo(pieces(PLAN));
        assertThat(server.requests.get(0))
                .startsWith("POST /v1/messages ")
                .contains("x-api-key: " + KEY)
                .contains("json_schema");
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error, REFUSED, 1",
        "429, rate_limit_error, OVERLOADED, 1",
        "529, overloaded_error, OVERLOADED, 1",
        "500, api_error, UNAVAILABLE, 1",
        "413, request_too_large, REFUSED, 1"
    })
    void anErrorHasItsKind(int status, String type, Kind kind, int requests) {
        server.thenStatus(status, error(type), "Retry-After: 30");

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(server.requests).hasSize(requests);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({"overloaded_error, OVERLOADED", "api_error, UNAVAILABLE", "invalid_request_error, REFUSED"})
    void anErrorWithinTheStreamEndsIt(String type, Kind kind) {
        server.then(events(
                1, answer -> answer.event("event: error\ndata: " + error(type)).end()));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.partialText()).isEqualTo(pieces(PLAN).get(0));
        assertThat(failure).hasMessageNotContaining(KEY);
    }

    /** LangChain4j alone would wait without end. */
    @ParameterizedTest
    @CsvSource({"1, true", "3, true", "1, false", "3, false"})
    void whatCameBeforeACutIsKept(int pieces, boolean properEndOfTheConnection) {
        server.then(events(pieces, answer -> {
            if (properEndOfTheConnection) {
                answer.end();
            }
        }));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.partialText()).isEqualTo(String.join("", pieces(PLAN).subList(0, pieces)));
        assertThat(server.requests).hasSize(1);
    }

    private static Reply events(int pieces, Reply rest) {
        return answer -> {
            answer.stream();
            named(
                    answer,
                    "message_start",
                    Map.of("message", Map.of("id", "m", "model", "test-1", "usage", Map.of("input_tokens", 1))));
            named(answer, "ping", Map.of());
            named(
                    answer,
                    "content_block_start",
                    Map.of("index", 0, "content_block", Map.of("type", "text", "text", "")));
            for (String piece : pieces(PLAN).subList(0, pieces)) {
                named(
                        answer,
                        "content_block_delta",
                        Map.of("index", 0, "delta", Map.of("type", "text_delta", "text", piece)));
            }
            rest.write(answer);
        };
    }

    private static void named(Answer answer, String name, Map<String, ?> fields) throws IOException {
        Map<String, Object> all = new java.util.HashMap<>(fields);
        all.put("type", name);
        answer.event("event: " + name + "\ndata: " + json(all));
    }

    private static String error(String type) {
        return json(Map.of("type", "error", "error", Map.of("type", type, "message", "no, " + KEY)));
    }

    private AgentException failure() {
        return catchThrowableOfType(AgentException.class, () -> agent.plan(PlanRequest.of("x"), received::add));
    }
}
