package io.synapse.sdk.gateway.server.model;

import static io.synapse.sdk.gateway.server.model.OpenAiReplies.PLAN;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.beginning;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.complete;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.finish;
import static io.synapse.sdk.gateway.server.model.OpenAiReplies.pieces;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.gateway.Analysis;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.CodeRequest;
import io.synapse.sdk.gateway.CodeReview;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.PlanStep;
import io.synapse.sdk.gateway.ReviewRequest;
import io.synapse.sdk.gateway.Severity;
import io.synapse.sdk.gateway.server.AgentException;
import io.synapse.sdk.gateway.server.AgentException.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models behind OpenAI's interface, and the faults of row 19 of wire/gateway.md, section 11, over real connections. */
@Timeout(60)
class OpenAiModelTest {
    private static final String KEY = "qk-4711-secret-0815";
    private static final PlanRequest TASK = PlanRequest.of("add a login page");

    private final ProviderServer server;
    private final ProviderServer second;
    private final ModelAgent agent;
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> received = new ArrayList<>();

    OpenAiModelTest() throws IOException {
        server = new ProviderServer();
        second = new ProviderServer();
        agent = agent(server).build();
    }

    private ModelAgent.Builder agent(ProviderServer at) {
        return ModelAgent.builder()
                .openAiKey(KEY)
                .openAiBaseUrl(at.url("/v1"))
                .model("openai/test-1")
                .readTimeout(Duration.ofSeconds(20))
                .pause(pauses::add);
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
        server.close();
        second.close();
    }

    @Test
    void aPlanComesInPieces() throws Exception {
        server.then(complete(PLAN));

        Plan plan = agent.plan(TASK.constraints(List.of("no cookies")), received::add);

        assertThat(received).isEqualTo(pieces(PLAN));
        assertThat(plan.task()).isEqualTo("add a login page");
        assertThat(plan.steps()).extracting(PlanStep::order).containsExactly(1, 2);
        assertThat(plan.steps().get(0).description()).isEqualTo("Sketch it. Größe: 5 €");
        assertThat(plan.totalSteps()).isEqualTo(2);
        assertThat(plan.estimatedAgents()).containsExactly("claude", "codex");
        assertThat(plan.createdAt()).isNotNull();
        assertThat(plan.additionalProperties()).containsEntry("source", "model:openai/test-1");
        assertThat(server.requests).hasSize(1);
        assertThat(server.requests.get(0))
                .startsWith("POST /v1/chat/completions ")
                .contains("Authorization: Bearer " + KEY, "add a login page", "no cookies");
        assertThat(server.requests.get(0).replaceAll("\\s", ""))
                .contains("\"type\":\"json_schema\"", "\"strict\":true", "\"additionalProperties\":false")
                .doesNotContain("\"maxLength\":40"); // providers refuse it
    }

    @Test
    void theOtherAnswersAreReadToo() throws Exception {
        server.then(complete("{\"code\":\"fn main() {}\"}"))
                .then(complete("{\"summary\":\"fine\",\"findings\":[{\"category\":\"a\",\"severity\":\"error\","
                        + "\"description\":\"b\"}]}"))
                .then(complete("```json\n{\"issues\":[{\"type\":\"a\",\"severity\":\"info\",\"line\":3,"
                        + "\"message\":\"b\"}],\"overall_score\":70}\n```"));

        assertThat(agent.generateCode(CodeRequest.of("nothing").language("rust"), received::add)
                        .code())
                .isEqualTo("fn main() {}");
        Analysis analysis = agent.analyze(AnalysisRequest.of("12345 😀"), received::add);
        assertThat(analysis.contentLength()).isEqualTo(7);
        assertThat(analysis.findings().get(0).severity()).isEqualTo(Severity.ERROR);
        CodeReview review = agent.review(ReviewRequest.of("x"), received::add);
        assertThat(review.overallScore()).isEqualTo(70);
        assertThat(review.issues().get(0).line()).isEqualTo(3);
    }

    /** The provider repeats the key, as some do; nothing that the agent says or logs has it. */
    @Test
    void aWrongKeyIsRefusedAndNotTold() throws Exception {
        server.thenStatus(401, "{\"error\":{\"message\":\"Incorrect API key: " + KEY + "\",\"code\":\"" + KEY + "\"}}");

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(server.requests).hasSize(1);
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("401").doesNotContain(KEY);
        assertThat(agent.toString()).isEqualTo("ModelAgent[openai/test-1]");
        assertThat(Files.readString(Path.of("target/test.log"), StandardCharsets.UTF_8))
                .contains("DEBUG")
                .doesNotContain(KEY);
    }

    @Test
    void theTimeOfRetryAfterIsWaitedFor() throws Exception {
        server.thenStatus(429, "{}", "Retry-After: 7").then(complete(PLAN));

        agent.plan(TASK, received::add);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
        assertThat(server.requests).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 529, 503})
    void aTimeThatIsTooLongIsTold(int status) {
        server.thenStatus(status, "{}", "Retry-After: 61");

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(status == 503 ? Kind.UNAVAILABLE : Kind.OVERLOADED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(61));
        assertThat(pauses).isEmpty();
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void anOverloadedModelIsAskedTwice() {
        server.thenStatus(529, "{}").thenStatus(529, "{}");

        assertThat(failure().kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void theNextModelAnswersForOneThatCannot() throws Exception {
        server.thenStatus(529, "{}", "Retry-After: 60").then(complete(PLAN));

        try (ModelAgent two = agent(server).model("openai/big", "openai/small").build()) {
            assertThat(two.plan(TASK, received::add).additionalProperties())
                    .containsEntry("source", "model:openai/small");
        }
        assertThat(received).isEqualTo(pieces(PLAN));
        assertThat(server.requests.get(0)).contains("\"big\"");
        assertThat(server.requests.get(1)).contains("\"small\"");
    }

    @Test
    void theNextModelIsNotAskedForOneThatRefuses() throws Exception {
        server.thenStatus(400, "{}").then(complete(PLAN));

        try (ModelAgent two = agent(server).model("openai/big", "openai/small").build()) {
            assertThatThrownBy(() -> two.plan(TASK, received::add))
                    .isInstanceOfSatisfying(
                            AgentException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        }
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, false", "1, true", "2, true", "3, true"})
    void whatCameBeforeACutIsKept(int pieces, boolean properEndOfTheConnection) {
        server.then(beginning(PLAN, pieces, answer -> {
            if (properEndOfTheConnection) {
                answer.end();
            }
        }));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.partialText()).isEqualTo(String.join("", pieces(PLAN).subList(0, pieces)));
        assertThat(received).isEqualTo(pieces(PLAN).subList(0, pieces));
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCutBeforeTheFirstPieceIsRepeated(boolean properEndOfTheConnection) throws Exception {
        server.then(beginning(PLAN, 0, answer -> {
                    if (properEndOfTheConnection) {
                        answer.end();
                    }
                }))
                .then(complete(PLAN));

        agent.plan(TASK, received::add);

        assertThat(received).isEqualTo(pieces(PLAN));
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void anErrorWithinTheStreamEndsIt() {
        server.then(beginning(
                PLAN,
                1,
                answer -> answer.event(
                                "data: {\"error\":{\"message\":\"" + KEY + "\",\"type\":\"rate_limit_exceeded\"}}")
                        .end()));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure).hasMessageContaining("rate_limit_exceeded").hasMessageNotContaining(KEY);
        assertThat(failure.partialText()).isEqualTo(pieces(PLAN).get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2})
    void silenceEndsAtTheReadTimeout(int pieces) throws Exception {
        if (pieces < 0) {
            server.then(ProviderServer.Answer::silence);
        } else {
            server.then(beginning(PLAN, pieces, ProviderServer.Answer::silence));
        }
        try (ModelAgent impatient =
                agent(server).readTimeout(Duration.ofSeconds(1)).build()) {
            long start = System.nanoTime();

            AgentException failure =
                    catchThrowableOfType(AgentException.class, () -> impatient.plan(TASK, received::add));

            assertThat(failure.kind()).isEqualTo(Kind.DEADLINE);
            assertThat(failure.partialText()).isEqualTo(String.join("", received));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(8));
        }
        assertThat(received).hasSize(Math.max(0, pieces));
        assertThat(server.left.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2})
    void anInterruptEndsTheConnectionAtOnce(int pieces) throws Exception {
        CompletableFuture<Void> silent = new CompletableFuture<>();
        ProviderServer.Reply rest = answer -> {
            silent.complete(null);
            answer.silence();
        };
        server.then(pieces < 0 ? rest : beginning(PLAN, pieces, rest));
        FutureTask<Plan> call = new FutureTask<>(() -> agent.plan(TASK, received::add));
        Thread thread = new Thread(call);
        thread.start();
        silent.get(10, TimeUnit.SECONDS);

        long start = System.nanoTime();
        thread.interrupt();

        assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(server.left.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aReceiverThatThrowsEndsTheGeneration() throws Exception {
        server.then(beginning(PLAN, 1, ProviderServer.Answer::silence));
        IllegalStateException gone = new IllegalStateException("the caller has gone");

        assertThatThrownBy(() -> agent.plan(TASK, piece -> {
                    received.add(piece);
                    throw gone;
                }))
                .isSameAs(gone);

        assertThat(received).hasSize(1);
        assertThat(server.left.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void anAnswerThatIsNotJsonIsRepairedOnce() throws Exception {
        server.then(complete("Sure, here is your plan!")).then(complete(PLAN));

        Plan plan = agent.plan(TASK, received::add);

        assertThat(plan.totalSteps()).isEqualTo(2);
        assertThat(String.join("", received)).isEqualTo("Sure, here is your plan!");
        assertThat(server.requests).hasSize(2);
        assertThat(server.requests.get(1)).contains("Sure, here is your plan!", "it is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sure!",
                "{}",
                "{\"steps\":[]}",
                "{\"steps\":[{\"phase\":1,\"action\":\"a\",\"agent\":\"claude\",\"description\":\"d\"}]}",
                "{\"steps\":[{\"phase\":null,\"action\":\"a\",\"agent\":\"claude\",\"description\":\"d\"}]}",
                "{\"steps\":\"none\"}",
                "null",
                ""
            })
    void anAnswerThatCannotBeRepairedIsInvalid(String text) {
        server.then(complete("  " + text)).then(complete("  " + text)).then(complete(PLAN));

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.INVALID);
        assertThat(failure.partialText()).isEqualTo("  " + text);
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aRepairThatFailsSaysWhy() {
        server.then(complete("Sure!")).thenStatus(529, "{}");

        AgentException failure = failure();

        assertThat(failure.kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(failure.partialText()).isEqualTo("Sure!");
    }

    @Test
    void anAnswerThatIsTooLongIsInvalidAtOnce() {
        server.then(beginning(PLAN, 2, answer -> finish(answer, "length")));

        assertThat(failure().kind()).isEqualTo(Kind.INVALID);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        try (ModelAgent nowhere =
                agent(server).openAiBaseUrl("http://127.0.0.1:" + port + "/v1").build()) {
            AgentException failure =
                    catchThrowableOfType(AgentException.class, () -> nowhere.plan(TASK, received::add));

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(pauses).hasSize(1);
        }
    }

    @Test
    void aPageOfAProxyIsInvalid() {
        server.then(answer -> answer.head(200, "text/html").raw("<html>Please log in</html>"));

        assertThat(failure().kind()).isEqualTo(Kind.INVALID);
    }

    @Test
    void theEnvironmentNamesModelsForRoles() throws Exception {
        Map<String, String> variables = Map.of(
                "OPENAI_BASE_URL", server.url("/v1"),
                "SYNAPSE_AGENT_MODEL", "openai/all",
                "SYNAPSE_AGENT_MODEL_CODER", "openai/first, openai/second");
        server.then(complete(PLAN)).thenStatus(529, "{}", "Retry-After: 99").then(complete("{\"code\":\"x\"}"));

        try (ModelAgent configured =
                ModelAgent.builder().variables(variables).pause(pauses::add).build()) {
            assertThat(configured.source()).isEqualTo("model:openai/all");
            configured.plan(TASK, received::add);
            configured.generateCode(CodeRequest.of("x"), received::add);
        }
        assertThat(server.requests).hasSize(3);
        assertThat(server.requests.get(0)).contains("\"all\"");
        assertThat(server.requests.get(1)).contains("\"first\"");
        assertThat(server.requests.get(2)).contains("\"second\"");
    }

    private AgentException failure() {
        return catchThrowableOfType(AgentException.class, () -> agent.plan(TASK, received::add));
    }
}
