package io.synapse.sdk.it.monitoring;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.synapse.sdk.Checkpoint;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.gateway.AnalysisRequest;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.gateway.server.EmbeddedGateway;
import io.synapse.sdk.observability.ClientMetrics;
import io.synapse.sdk.resilience.CircuitBreakers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two equivalent gateways and a client of both, in use all the time, with what each of them tells about itself over HTTP.
 * First all is well, until {@link #breakAll}.
 */
final class MonitoredSystem implements AutoCloseable {
    static final String TOKEN = "token-of-the-test";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String CODE = "{\"description\":\"d\"}";
    private static final String WORKFLOW = "{\"task\":\"t\"}";

    private final FailingAgent agent = new FailingAgent();
    private final EmbeddedGateway gateway = EmbeddedGateway.builder()
            .token(TOKEN)
            .agent(agent)
            .maxInFlight(4)
            .maxQueued(4)
            .start();
    private final EmbeddedGateway replica =
            EmbeddedGateway.builder().token(TOKEN).start();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ClientMetrics metrics = ClientMetrics.of(registry, "test");
    private final ScheduledExecutorService load = Executors.newScheduledThreadPool(24);
    private final HttpServer exporter;
    private final GatewayClient client;
    private final GatewayClient steady;
    private final GrpcGatewayClient grpc;
    private final CheckpointStore checkpoints = metrics.monitor(CheckpointStore.inMemory());
    private volatile boolean isBroken;

    MonitoredSystem() throws IOException {
        client = GatewayClient.builder()
                .baseUrls(gateway.baseUrl().toString(), replica.baseUrl().toString())
                .gatewayToken(TOKEN)
                .listener(metrics)
                .build();
        steady = client.with(Resilience.NONE
                .circuitBreaker(CircuitBreakers.standard().window(4).minimumRequests(2))
                .fallback(Plan.class, failure -> new Plan("made up", List.of(), 0, List.of(), null, Map.of())));
        metrics.bind(steady::servers);
        grpc = GrpcGatewayClient.builder()
                .address(GatewayService.CLAUDE, gateway.grpcAddress(GatewayService.CLAUDE))
                .token(TOKEN)
                .build();
        exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            byte[] text = registry.scrape("text/plain; version=0.0.4").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        exporter.start();
        repeat(() -> steady.createPlan(PlanRequest.of("t")));
        repeat(() -> steady.analyze(AnalysisRequest.of("c")));
        repeat(() -> grpc.createPlan(PlanRequest.of("t")));
        repeat(() -> post("/api/v1/gemini/analyze", "{\"content\":\"c\"}", ""));
        repeat(() -> post("/api/v1/claude/code", CODE, ""));
        repeat(this::stream);
        repeat(this::useCheckpoints);
    }

    /** Host and port of the gateways. */
    List<String> gateways() {
        return List.of(gateway.baseUrl().getAuthority(), replica.baseUrl().getAuthority());
    }

    /** Host and port of this program's metrics. */
    String exporter() {
        return "127.0.0.1:" + exporter.getAddress().getPort();
    }

    /** Does this all the time, whether it fails or not. */
    private void repeat(Action action) {
        load.scheduleWithFixedDelay(() -> attempt(action), 0, 100, TimeUnit.MILLISECONDS);
    }

    private interface Action {
        void run() throws Exception;
    }

    private static void attempt(Action action) {
        try {
            action.run();
        } catch (ClientException | IOException e) {
            // Failures are what is measured here.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a stream, then goes on after its first message; when all is broken, behind its last one. */
    private void stream() throws Exception {
        String events = post("/api/v1/workflow/stream", WORKFLOW, "");
        String first = events.lines()
                .filter(line -> line.startsWith("id:"))
                .findFirst()
                .orElse("id:none:1");
        String id = first.substring(3, first.lastIndexOf(':')).trim();
        post("/api/v1/workflow/stream", WORKFLOW, id + (isBroken ? ":1000000" : ":1"));
    }

    private String post(String path, String json, String lastEvent) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!lastEvent.isEmpty()) {
            request.header("Last-Event-ID", lastEvent);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    private void useCheckpoints() {
        checkpoints.save("job", new Checkpoint("http://h", "stream", 1, "hash"));
        checkpoints.load("job");
    }

    /** One gateway ends; the agent of the other fails or is slow, and gets more calls than there is room for. */
    void breakAll() {
        replica.close();
        agent.fail();
        isBroken = true;
        for (int caller = 0; caller < 12; caller++) {
            load.execute(() -> attempt(() -> post("/api/v1/claude/code", CODE, "")));
        }
    }

    @Override
    public void close() {
        load.shutdownNow();
        client.close();
        grpc.close();
        exporter.stop(0);
        gateway.close();
        replica.close();
    }
}
