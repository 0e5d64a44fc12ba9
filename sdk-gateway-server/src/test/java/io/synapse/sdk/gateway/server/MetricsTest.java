package io.synapse.sdk.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway does is in {@code /metrics}, failures included, under a fixed set of labels. */
class MetricsTest {
    private final EmbeddedGateway gateway = EmbeddedGateway.start();
    private final Http http = Http.of(gateway);

    @AfterEach
    void close() {
        gateway.close();
    }

    private String metrics() throws IOException, InterruptedException {
        return http.get("/metrics").body();
    }

    @Test
    void failuresAreCountedLikeAnswers() throws Exception {
        http.post("/api/v1/claude/plan", "{\"task\":\"t\"}");
        http.post("/api/v1/claude/plan", "{}");
        http.post("/api/v1/codex/execute", "{\"command\":\"ls\"}"); // commands are not allowed
        http.get("/api/v1/someone/else");

        assertThat(metrics())
                .contains(requests("plan", "POST", "claude", 200))
                .contains(requests("plan", "POST", "claude", 422))
                .contains(requests("execute", "POST", "codex", 403))
                .contains(requests("other", "GET", "other", 404))
                .contains("synapse_request_duration_seconds_bucket{endpoint=\"plan\",method=\"POST\","
                        + "service=\"claude\",le=\"0.01\"}")
                .contains(
                        "synapse_request_duration_seconds_count{endpoint=\"plan\",method=\"POST\",service=\"claude\"} 2");
    }

    private static String requests(String endpoint, String method, String service, int status) {
        return "synapse_requests_total{endpoint=\"" + endpoint + "\",method=\"" + method + "\",service=\"" + service
                + "\",status=\"" + status + "\"} 1.0\n";
    }

    @Test
    void anythingInAPathIsNoNewLabel() throws Exception {
        for (int i = 0; i < 20; i++) {
            http.get("/api/v1/service" + i + "/thing" + i);
        }

        assertThat(metrics().lines().filter(line -> line.startsWith("synapse_requests_total")))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(" 20.0");
    }

    @Test
    void workIsCountedOverHttpAndGrpc() throws Exception {
        http.post("/api/v1/claude/plan", "{\"task\":\"t\"}");
        try (GrpcGatewayClient client = GrpcGatewayClient.builder()
                .address(GatewayService.CLAUDE, gateway.grpcAddress(GatewayService.CLAUDE))
                .token(gateway.token())
                .build()) {
            client.createPlan(PlanRequest.of("t"));
        }
        try (GrpcGatewayClient stranger = GrpcGatewayClient.builder()
                .address(GatewayService.CLAUDE, gateway.grpcAddress(GatewayService.CLAUDE))
                .token("another")
                .build()) {
            catchThrowable(() -> stranger.createPlan(PlanRequest.of("t")));
        }

        assertThat(metrics())
                .contains("synapse_work_total{outcome=\"succeeded\",service=\"claude\"} 2.0")
                .contains("grpc_server_processing_duration_seconds_count{method=\"CreatePlan\",methodType=\"UNARY\","
                        + "service=\"ai_agent.ClaudeService\",statusCode=\"OK\"} 1")
                .contains("grpc_server_processing_duration_seconds_count{method=\"CreatePlan\",methodType=\"UNARY\","
                        + "service=\"ai_agent.ClaudeService\",statusCode=\"UNAUTHENTICATED\"} 1");
    }

    @Test
    void streamsAreCountedAndThoseThatGoOn() throws Exception {
        String workflow = "{\"task\":\"t\"}";
        HttpResponse<String> events = http.post("/api/v1/workflow/stream", workflow);
        String first = events.body()
                .lines()
                .filter(line -> line.startsWith("id:"))
                .findFirst()
                .orElseThrow();
        resume(first.substring(3).trim(), workflow);
        resume(first.substring(3, first.lastIndexOf(':')).trim() + ":1000000", workflow);

        assertThat(metrics())
                .contains("synapse_streams_opened_total 1.0")
                .contains("synapse_streams_resumed_total 1.0")
                .contains("synapse_streams{state=\"kept\"} 1.0")
                .contains("synapse_streams_lost_total 1.0");
    }

    private void resume(String position, String workflow) throws Exception {
        http.send(http.request("/api/v1/workflow/stream")
                .header("Content-Type", "application/json")
                .header("Last-Event-ID", position)
                .POST(HttpRequest.BodyPublishers.ofString(workflow))
                .build());
    }
}
