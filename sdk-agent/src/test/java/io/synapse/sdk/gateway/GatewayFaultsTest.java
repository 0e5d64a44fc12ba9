package io.synapse.sdk.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerException;
import io.synapse.sdk.UnexpectedResponseException;
import io.synapse.sdk.agent.Operations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and workflows are sent once, whatever happens to the connection; what is only computed is sent again. */
@Timeout(60)
class GatewayFaultsTest {
    private static final String DONE = "{\"success\":true,\"exit_code\":0,\"stdout\":\"done\"}";
    private static final ExecuteRequest COMMAND = ExecuteRequest.of("echo x");

    static Stream<Arguments> pureOperations() {
        return Stream.of(
                Arguments.of("createPlan", PlanRequest.of("t")),
                Arguments.of("generateCode", CodeRequest.of("d")),
                Arguments.of("analyze", AnalysisRequest.of("c")),
                Arguments.of("reviewCode", ReviewRequest.of("c")));
    }

    static Stream<Arguments> actingOperations() {
        return Stream.of(
                Arguments.of("execute", COMMAND),
                Arguments.of("runWorkflow", WorkflowRequest.of("t")),
                Arguments.of("runWorkflow", WorkflowRequest.of("t").workflowType(WorkflowType.SWARM)),
                Arguments.of("streamWorkflow", WorkflowRequest.of("t")));
    }

    /** Every second call fails; the next one must not meet the connection that the gateway is closing. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void noCallMeetsAConnectionThatABareErrorHasClosed(int callers) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        try (OriginalGateway gateway = new OriginalGateway(request ->
                        request.contains("fail") ? OriginalGateway.bareError() : OriginalGateway.json(200, DONE));
                GatewayClient client = client(gateway)) {
            ScheduledExecutorService threads = Executors.newScheduledThreadPool(callers);
            List<ScheduledFuture<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                all.add(threads.schedule(
                        () -> {
                            for (int i = 0; i < 100; i++) {
                                ExecuteRequest failing = ExecuteRequest.of("fail " + calls.incrementAndGet());
                                assertThatThrownBy(() -> client.execute(failing))
                                        .isInstanceOf(ServerException.class)
                                        .hasMessageContaining("does not tell the cause");
                                ExecuteRequest next = ExecuteRequest.of("echo " + calls.incrementAndGet());
                                assertThat(client.execute(next).stdout()).isEqualTo("done");
                            }
                        },
                        0,
                        TimeUnit.SECONDS));
            }
            for (ScheduledFuture<?> each : all) {
                each.get();
            }
            threads.shutdown();
            assertEachSentOnce(gateway, 200 * callers);
        }
    }

    /** Calls that come when the gateway is about to close their connection, or has just done so. */
    @Test
    void noCallMeetsAConnectionThatWasIdleForTooLong() throws Exception {
        int clients = 40;
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.json(200, DONE))) {
            ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
            List<GatewayClient> all = new ArrayList<>();
            List<ScheduledFuture<ExecutionResult>> results = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                GatewayClient client = client(gateway);
                all.add(client);
                client.execute(ExecuteRequest.of("first " + number));
                long pause = number < clients / 2 ? 4_100 + number * 40 : 4_990 + (number - clients / 2);
                results.add(threads.schedule(
                        () -> client.execute(ExecuteRequest.of("second " + number)), pause, TimeUnit.MILLISECONDS));
            }
            for (ScheduledFuture<ExecutionResult> result : results) {
                assertThat(result.get().stdout()).isEqualTo("done");
            }
            threads.shutdown();
            all.forEach(GatewayClient::close);
            assertEachSentOnce(gateway, 2 * clients);
            assertThat(gateway.connections).hasValue(2 * clients);
        }
    }

    @Test
    void aConnectionThatIsInUseIsKept() throws IOException {
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.json(200, DONE));
                GatewayClient client = client(gateway)) {
            for (int i = 0; i < 50; i++) {
                client.execute(COMMAND);
            }
            assertThat(gateway.connections).hasValue(1);
        }
    }

    private static void assertEachSentOnce(OriginalGateway gateway, int calls) {
        Set<String> different = gateway.requests.stream()
                .map(request -> request.substring(request.indexOf("\r\n\r\n")))
                .collect(Collectors.toSet());
        assertThat(gateway.requests).hasSize(calls);
        assertThat(different).hasSize(calls);
    }

    @ParameterizedTest
    @MethodSource("pureOperations")
    void whatIsOnlyComputedIsSentAgain(String operation, Object request) throws IOException {
        for (Operations kind : Operations.values()) {
            AtomicInteger asked = new AtomicInteger();
            try (OriginalGateway gateway = new OriginalGateway(body -> switch (asked.incrementAndGet()) {
                        case 1 -> null;
                        case 2 -> OriginalGateway.json(503, "{\"detail\":\"Gateway not ready\"}");
                        default -> OriginalGateway.json(200, "{}");
                    });
                    GatewayClient client = client(gateway)) {
                assertThat(kind.call(client, operation, request)).isNotNull();
                assertThat(gateway.requests).hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("actingOperations")
    void whatMayHaveActedIsNotSentAgain(String operation, Object request) throws IOException {
        for (Operations kind : Operations.values()) {
            for (byte[] answer : List.of(
                    new byte[0],
                    OriginalGateway.json(503, "{\"detail\":{\"error\":\"PoolUnavailable\",\"retry_after\":5}}"),
                    OriginalGateway.bareError())) {
                try (OriginalGateway gateway = new OriginalGateway(body -> answer.length == 0 ? null : answer);
                        GatewayClient client = client(gateway)) {
                    ClientException failure =
                            catchThrowableOfType(ClientException.class, () -> kind.call(client, operation, request));
                    assertThat(failure)
                            .isInstanceOfAny(ConnectionException.class, GatewayException.class, ServerException.class);
                    assertThat(failure.mayHaveBeenExecuted()).isTrue();
                    assertThat(gateway.requests).hasSize(1);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("actingOperations")
    void whatSurelyDidNotActIsSentAgain(String operation, Object request) throws IOException {
        AtomicInteger asked = new AtomicInteger();
        String problem = "{\"kind\":\"overloaded\",\"service\":\"codex\",\"may_have_run\":false,\"attempts\":0}";
        try (OriginalGateway gateway = new OriginalGateway(body -> asked.incrementAndGet() < 3
                        ? OriginalGateway.answer(503, "application/problem+json", problem)
                        : operation.equals("streamWorkflow")
                                ? OriginalGateway.answer(200, "text/event-stream", "data: {\"event\":\"complete\"}\n\n")
                                : OriginalGateway.json(200, "{}"));
                GatewayClient client = client(gateway)) {
            assertThat(Operations.BLOCKING.call(client, operation, request)).isNotNull();
            assertThat(gateway.requests).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"500, internal, true", "500, internal, false", "503, unavailable, true", "504, deadline, true"})
    void aProblemIsNamed(int status, String problem, boolean mayHaveRun) throws IOException {
        String body =
                "{\"type\":\"about:blank\",\"status\":" + status + ",\"detail\":\"it is down\",\"kind\":\"" + problem
                        + "\",\"service\":\"codex\",\"request_id\":\"r-1\",\"may_have_run\":" + mayHaveRun
                        + ",\"attempts\":3,\"retry_after\":1.5}";
        try (OriginalGateway gateway = new OriginalGateway(
                        request -> OriginalGateway.answer(status, "application/problem+json", body));
                GatewayClient client = client(gateway)) {
            GatewayException failure = catchThrowableOfType(GatewayException.class, () -> client.execute(COMMAND));
            assertThat(failure).hasMessageContaining(problem + ": codex: it is down");
            assertThat(failure.statusCode()).isEqualTo(status);
            assertThat(failure.reason()).isEqualTo(problem);
            assertThat(failure.service()).contains("codex");
            assertThat(failure.requestId()).contains("r-1");
            assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
            assertThat(failure.fallbackService()).isEmpty();
            assertThat(failure.mayHaveBeenExecuted()).isEqualTo(mayHaveRun);
            assertThat(gateway.requests).hasSize(1);
        }
    }

    @Test
    void aProblemOfTheCallerHasTheUsualException() throws IOException {
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.answer(
                        429, "application/problem+json", "{\"kind\":\"overloaded\",\"may_have_run\":false}"));
                GatewayClient client = client(gateway)) {
            assertThatThrownBy(() -> client.execute(COMMAND))
                    .isInstanceOf(RateLimitException.class)
                    .hasMessageContaining("overloaded");
        }
    }

    @Test
    void aProblemMayListFields() throws IOException {
        String body = "{\"kind\":\"invalid\",\"detail\":[{\"loc\":[\"body\",\"task\"],\"msg\":\"too long\"}]}";
        try (OriginalGateway gateway =
                        new OriginalGateway(request -> OriginalGateway.answer(422, "application/problem+json", body));
                GatewayClient client = client(gateway)) {
            BadRequestException failure =
                    catchThrowableOfType(BadRequestException.class, () -> client.createPlan(PlanRequest.of("t")));
            assertThat(failure).hasMessageContaining("body -> task: too long");
            assertThat(failure.fieldErrors()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"execute", "runWorkflow"})
    void aGatewayThatHangsIsATimeoutAndMayBeAtWork(String operation) throws IOException {
        Object request = operation.equals("execute") ? COMMAND : WorkflowRequest.of("t");
        CountDownLatch over = new CountDownLatch(1);
        try (OriginalGateway gateway = new OriginalGateway(body -> {
                    over.await();
                    return null;
                });
                GatewayClient client = client(gateway);
                GatewayClient impatient = client.withOptions(options -> options.callTimeout(Duration.ofMillis(200)))) {
            RequestTimeoutException failure = catchThrowableOfType(
                    RequestTimeoutException.class, () -> Operations.BLOCKING.call(impatient, operation, request));
            over.countDown();
            assertThat(failure.mayHaveBeenExecuted()).isTrue();
            assertThat(gateway.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "null", "{\"task\":", "<html>"})
    void anAnswerThatIsNoneIsNamed(String body) throws IOException {
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.json(200, body));
                GatewayClient client = client(gateway)) {
            assertThatThrownBy(() -> client.createPlan(PlanRequest.of("t")))
                    .isInstanceOf(UnexpectedResponseException.class);
            assertThat(gateway.requests).hasSize(1);
        }
    }

    @Test
    void aValueOfTheWrongTypeCostsNothingElse() throws IOException {
        String body = "{\"pools\":{\"claude\":{\"name\":\"claude\",\"available\":\"many\",\"new\":1}},"
                + "\"load_balancers\":{\"claude\":{\"endpoints\":[{\"address\":\"a:1\",\"avg_response_time_ms\":NaN},7]}}}";
        try (OriginalGateway gateway = new OriginalGateway(request -> OriginalGateway.json(200, body));
                GatewayClient client = client(gateway)) {
            GatewayMetrics metrics = client.getMetrics();

            PoolMetrics pool = metrics.pools().get("claude");
            assertThat(pool.name()).isEqualTo("claude");
            assertThat(pool.available()).isNull();
            assertThat(pool.additionalProperties())
                    .containsEntry("available", "many")
                    .containsEntry("new", 1);
            LoadBalancerMetrics balancer = metrics.loadBalancers().get("claude");
            assertThat(balancer.endpoints()).hasSize(1);
            assertThat(balancer.endpoints().get(0).address()).isEqualTo("a:1");
            assertThat(balancer.endpoints().get(0).avgResponseTimeMs()).isNull();
            assertThat(balancer.additionalProperties()).containsEntry("endpoints", List.of(7));
        }
    }

    private static GatewayClient client(OriginalGateway gateway) {
        return GatewayClient.builder()
                .baseUrl(gateway.url())
                .retryPolicy(RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(1)))
                .build();
    }
}
