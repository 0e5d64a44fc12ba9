package io.synapse.sdk.gateway.server;

import static io.synapse.sdk.gateway.server.model.OpenAiReplies.PLAN;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.beginning;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.complete;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.pieces;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.server.model.ProviderServer;
import io.synapse.sdk.gateway.server.model.ProviderServer.Reply;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gateway as a program whose agents are models, over a server with OpenAI's interface (wire/gateway.md, section 8, and
 * row 19 of section 11).
 */
@Tag("one-jdk")
@Timeout(120)
class GatewayModelsTest {
    private static final String KEY = "qk-4711-secret-0815";
    private static final String TASK = "{\"task\":\"add a login page\"}";
    private static final Map<String, String> NO_MODELS = Map.of(
            "SYNAPSE_AGENT_MODEL", "",
            "ANTHROPIC_API_KEY", "",
            "GEMINI_API_KEY", "",
            "OPENAI_API_KEY", "",
            "OPENAI_BASE_URL", "");

    @TempDir
    static Path folder;

    private static ProviderServer provider;
    private static GatewayProcess gateway;
    private static Http http;

    private int askedBefore;

    @BeforeAll
    static void start() throws Exception {
        provider = new ProviderServer();
        gateway = start(Map.of("OPENAI_API_KEY", KEY, "OPENAI_BASE_URL", provider.url("/v1")), "--model=openai/test-1");
        http = new Http(gateway.awaitReady(), GatewayProcess.TOKEN);
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        provider.close();
    }

    private static GatewayProcess start(Map<String, String> environment, String... arguments) throws Exception {
        Map<String, String> all = new HashMap<>(NO_MODELS);
        all.put("SYNAPSE_GATEWAY_TOKEN", GatewayProcess.TOKEN);
        all.putAll(environment);
        String[] free = {
            "--port=0",
            "--claude-port=0",
            "--gemini-port=0",
            "--codex-port=0",
            "--data-dir=" + Files.createTempDirectory(folder, "data")
        };
        return GatewayProcess.command(
                folder,
                all,
                Stream.concat(Stream.of(free), Stream.of(arguments)).toArray(String[]::new));
    }

    @BeforeEach
    void count() {
        askedBefore = provider.requests.size();
    }

    private int asked() {
        return provider.requests.size() - askedBefore;
    }

    private static HttpResponse<String> plan() throws Exception {
        return http.post("/api/v1/claude/plan", TASK);
    }

    @AfterEach
    void theKeyIsSeenNowhere() throws Exception {
        assertThat(gateway.whatIsSeen())
                .contains("DEBUG", "defaultLogLevel=trace", "--model")
                .doesNotContain(KEY);
    }

    @Test
    void theModelAnswersAndTheAnswerNamesIt() throws Exception {
        provider.then(complete(PLAN));

        HttpResponse<String> answer = plan();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"source\":\"model:openai/test-1\"", "Größe: 5 €");
        assertThat(provider.requests.get(askedBefore))
                .startsWith("POST /v1/chat/completions ")
                .contains("Authorization: Bearer " + KEY, "\"test-1\"", "add a login page");
        assertThat(gateway.awaitLine("agents: ")).isEqualTo("ModelAgent[openai/test-1]");
    }

    /** What the provider does, what the caller is told of it, and how often the provider is asked. */
    static Stream<Arguments> failures() {
        Reply wrongKey = answer -> answer.head(401, "application/json")
                .raw("{\"error\":{\"message\":\"Incorrect API key: " + KEY + "\",\"code\":\"" + KEY + "\"}}");
        Reply broken = answer -> answer.head(500, "application/json").raw("{\"error\":\"" + KEY + "\"}");
        Reply noHttp = answer -> answer.raw("\0\1\2 " + KEY + "\r\n\r\n");
        Reply page = answer -> answer.head(200, "text/html").raw("<html>" + KEY + "</html>");
        Reply noJson = complete("Sure! " + "x".repeat(30));
        Reply noEvents = answer -> answer.stream().event("data: {" + KEY).end();
        return Stream.of(
                Arguments.of("the key is wrong", wrongKey, 403, "refused", 1),
                Arguments.of("it fails", broken, 503, "unavailable", 2),
                Arguments.of("it hangs up", (Reply) answer -> {}, 503, "unavailable", 2),
                Arguments.of("it does not speak HTTP", noHttp, 503, "unavailable", 2),
                Arguments.of("a proxy answers", page, 502, "invalid", 1),
                Arguments.of("its text is not JSON", noJson, 502, "invalid", 2),
                Arguments.of("its events are not JSON", noEvents, 503, "unavailable", 2));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void aFailureOfTheProviderHasItsKindAndNoKey(String what, Reply reply, int status, String kind, int times)
            throws Exception {
        for (int time = 0; time < times; time++) {
            provider.then(reply);
        }

        HttpResponse<String> answer = plan();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"kind\":\"" + kind + "\"").doesNotContain(KEY);
        assertThat(asked()).isEqualTo(times);
    }

    @Test
    void aShortTimeToWaitIsWaitedFor() throws Exception {
        provider.thenStatus(429, "{}", "Retry-After: 1").then(complete(PLAN));
        long start = System.nanoTime();

        assertThat(plan().statusCode()).isEqualTo(200);

        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aLongTimeToWaitIsTold() throws Exception {
        provider.thenStatus(429, "{}", "Retry-After: 61");

        HttpResponse<String> answer = plan();

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("61");
        assertThat(answer.body()).contains("\"kind\":\"overloaded\"");
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void whatCameBeforeACutIsKept() throws Exception {
        provider.then(beginning(PLAN, 2, answer -> {}));

        JsonNode answer = new ObjectMapper().readTree(plan().body());

        assertThat(answer.path("kind").asText()).isEqualTo("unavailable");
        assertThat(answer.path("partial_text").asText())
                .isEqualTo(String.join("", pieces(PLAN).subList(0, 2)));
        assertThat(asked()).isEqualTo(1);
    }

    /** The connection to the provider ends with the caller's. */
    @Test
    void aCallerThatGoesEndsTheRequestOfAHungProvider() throws Exception {
        CompletableFuture<Void> hung = new CompletableFuture<>();
        provider.then(answer -> {
            hung.complete(null);
            answer.silence();
        });
        try (GatewayClient client = GatewayClient.builder()
                .baseUrl(http.baseUrl())
                .gatewayToken(http.token())
                .build()) {
            CompletableFuture<?> call = client.async().createPlan(PlanRequest.of("add a login page"));
            hung.get(20, TimeUnit.SECONDS);

            call.cancel(true);

            assertThat(provider.left.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic/x, ANTHROPIC_API_KEY",
        "gemini/x, GEMINI_API_KEY",
        "openai/x, OPENAI_API_KEY",
        "'local/none.gguf,openai/x', none.gguf",
        "mistral/x, 'anthropic, gemini, openai, local'",
        "gpt, provider/model"
    })
    void withoutItsKeyNothingIsServedAndOneLineSaysWhy(String model, String told) throws Exception {
        try (GatewayProcess none = start(Map.of(), "--model=" + model)) {
            assertThat(none.awaitExit()).isEqualTo(1);
            assertThat(none.output()).isEmpty();
            assertThat(none.errors().lines().filter(line -> line.startsWith("synapse-gateway: ")))
                    .singleElement()
                    .asString()
                    .contains(told);
        }
    }

    @Test
    void withoutAModelRulesAnswerAndTheEnvironmentMayNameOne() throws Exception {
        try (GatewayProcess rules = start(Map.of("OPENAI_API_KEY", KEY));
                GatewayProcess named =
                        start(Map.of("OPENAI_API_KEY", KEY, "SYNAPSE_AGENT_MODEL", "openai/a,openai/b"))) {
            assertThat(rules.awaitLine("agents: ")).isEqualTo("rules (--model)");
            assertThat(named.awaitLine("agents: ")).isEqualTo("ModelAgent[openai/a, openai/b]");
        }
    }
}
