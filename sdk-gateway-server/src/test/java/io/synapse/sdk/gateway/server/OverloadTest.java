package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service takes on what it can, and refuses the rest at once (wire/gateway.md, rows 12 and 13 of section 11). */
class OverloadTest {
    private static final String PLAN = "{\"task\":\"t\"}";
    private final GatedAgent agent = new GatedAgent();
    private final EmbeddedGateway gateway =
            EmbeddedGateway.builder().agent(agent).maxInFlight(2).maxQueued(2).start();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        agent.gate.release(1_000);
        gateway.close();
        callers.shutdownNow();
    }

    private HttpResponse<String> plan() {
        try {
            return Http.of(gateway).post("/api/v1/claude/plan", PLAN);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Two calls in flight and two that wait. */
    private List<CompletableFuture<HttpResponse<String>>> fill() {
        List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
        for (int call = 0; call < 4; call++) {
            calls.add(CompletableFuture.supplyAsync(this::plan, callers));
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> agent.begun.get() == 2);
        await().atMost(Duration.ofSeconds(10))
                .until(() -> metrics().contains("synapse_pool_size{service=\"claude\",state=\"waiting\"} 2"));
        return calls;
    }

    private String metrics() throws Exception {
        return Http.of(gateway).get("/metrics").body();
    }

    @Test
    void whatIsTooMuchIsRefusedAtOnceAndTheRestIsAnswered() throws Exception {
        warmUp();
        List<CompletableFuture<HttpResponse<String>>> calls = fill();
        long from = System.nanoTime();
        HttpResponse<String> refused = plan();
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("\"kind\":\"overloaded\"").contains("2 calls in flight");
        assertThat(took).isLessThan(Duration.ofMillis(500)); // 50 ms on a machine that has nothing else to do

        try (GrpcGatewayClient client = GrpcGatewayClient.builder()
                .address(GatewayService.CLAUDE, gateway.grpcAddress(GatewayService.CLAUDE))
                .token(gateway.token())
                .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(1))
                .build()) {
            assertThatThrownBy(() -> client.createPlan(PlanRequest.of("t")))
                    .isInstanceOfSatisfying(
                            RateLimitException.class,
                            e -> assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(1)));
        }
        assertThat(agent.begun.get()).as("no more at a time than may").isEqualTo(2);
        agent.gate.release(1_000);
        calls.forEach(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        assertThat(plan().statusCode()).isEqualTo(200);
    }

    /** One call that is over, so that the client's classes are loaded. */
    private void warmUp() {
        agent.gate.release();
        assertThat(plan().statusCode()).isEqualTo(200);
        agent.begun.set(0);
    }

    @Test
    void whoWaitsLongerThanTheCallMayTakeIsToldSo() throws Exception {
        try (EmbeddedGateway impatient = EmbeddedGateway.builder()
                .agent(agent)
                .maxInFlight(1)
                .callTimeout(Duration.ofMillis(300))
                .start()) {
            HttpResponse<String> answer = Http.of(impatient).post("/api/v1/claude/plan", PLAN);
            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("\"kind\":\"deadline\"").contains("\"may_have_run\":true");
        }
        assertThat(agent.interrupted).hasValue(1);
    }
}
