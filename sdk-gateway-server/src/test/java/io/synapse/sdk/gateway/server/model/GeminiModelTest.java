package io.synapse.sdk.gateway.server.model;

import static io.synapse.sdk.gateway.server.model.OpenAiReplies.PLAN;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.json;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.pieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import io.synapse.sdk.gateway.server.model.ProviderServer.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models of Google: the end of their streams, which has no mark of its own, and their errors. */
@Timeout(60)
class GeminiModelTest {
    private static final String KEY = "gk-4711-secret-0815";

    private final ProviderServer server;
    private final ModelAgent agent;
    private final List<String> received = new ArrayList<>();

    GeminiModelTest() throws IOException {
        server = new ProviderServer();
        agent = ModelAgent.builder()
                .geminiKey(KEY)
                .geminiBaseUrl(server.url("/v1beta"))
                .model("gemini/test-1")
                .readTimeout(Duration.ofSeconds(2))
                .maxAttempts(1)
                .build();
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        server.close();
    }

    @Test
    void aPlanComesInPieces() throws Exception {
        server.then(chunks(3, true));

        assertThat(agent.plan(PlanRequest.of("x"), received::add).totalSteps()).isEqualTo(2);

        assertThat(received).isEqualTo(pieces(PLAN));
        assertThat(server.requests.get(0))
                .startsWith("POST /v1beta/models/test-1:streamGenerateContent?alt=sse ")
                .contains("x-goog-api-key: " + KEY)
                .contains("responseSchema");
    }

    @Test
    void whatCameBeforeACutIsKept() {
        server.then(chunks(2, false));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.partialText()).isEqualTo(String.join("", pieces(PLAN).subList(0, 2)));
    }

    @Test
    void aWrongKeyIsRefused() {
        server.thenStatus(400, json(Map.of("error", Map.of("code", 400, "message", "API key not valid: " + KEY))));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageNotContaining(KEY);
    }

    private static Reply chunks(int number, boolean complete) {
        return answer -> {
            answer.stream();
            for (int i = 0; i < number; i++) {
                Map<String, Object> candidate = new LinkedHashMap<>();
                candidate.put(
                        "content",
                        Map.of(
                                "role",
                                "model",
                                "parts",
                                List.of(Map.of("text", pieces(PLAN).get(i)))));
                if (complete && i == number - 1) {
                    candidate.put("finishReason", "STOP");
                }
                answer.event("data: " + json(Map.of("candidates", List.of(candidate))));
            }
            answer.end();
        };
    }

    private AgentException failure() {
        return catchThrowableOfType(AgentException.class, () -> agent.plan(PlanRequest.of("x"), received::add));
    }
}
