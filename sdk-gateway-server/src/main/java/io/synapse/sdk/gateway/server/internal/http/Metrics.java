package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.WorkQueue;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Counts of requests and of what services do, for Prometheus, under the names of the original (wire/gateway.md,
 * section 6). The labels of a request are those of its route; what has none is {@code other}. Thread-safe.
 */
public final class Metrics {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String SERVICE = "service";
    private static final String OTHER = "other";
    private static final Set<String> SERVICES = Set.of("claude", "gemini", "codex", "workflow");
    private static final Set<String> ENDPOINTS = Set.of(
            "plan",
            "code",
            "analyze",
            "review",
            "execute",
            "health",
            "metrics",
            "json",
            "workflow",
            "stream",
            "legacy");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<GatewayService, String> addresses;

    /** @param addresses where each service listens */
    public Metrics(Services services, Map<GatewayService, String> addresses) {
        this.addresses = Map.copyOf(addresses);
        for (GatewayService service : GatewayService.values()) {
            gauge(services, service, "available", counts -> counts.limits().inFlight() - counts.inFlight());
            gauge(services, service, "in_use", WorkQueue.Counts::inFlight);
            gauge(services, service, "total", counts -> counts.limits().inFlight());
            gauge(services, service, "waiting", WorkQueue.Counts::queued);
        }
        Gauge.builder("synapse_active_workflows", services, Services::activeWorkflows)
                .description("Workflows that run")
                .register(registry);
    }

    private void gauge(
            Services services, GatewayService service, String state, ToDoubleFunction<WorkQueue.Counts> value) {
        Gauge.builder("synapse_pool_size", services, known -> value.applyAsDouble(known.counts(service)))
                .description("What a service may have in flight, and has")
                .tags(SERVICE, Services.nameOf(service), "state", state)
                .register(registry);
    }

    String address(GatewayService service) {
        return addresses.getOrDefault(service, "");
    }

    /** Counts a request that was answered. */
    void count(Context request) {
        String[] parts = request.path().split("/");
        String endpoint = parts.length == 0 ? OTHER : parts[parts.length - 1];
        boolean isOfService = request.path().startsWith("/api/v1/") && parts.length > 3;
        String service = isOfService ? parts[3] : "gateway";
        String status = Integer.toString(request.statusCode());
        String[] labels = {
            SERVICE,
            isOfService && !SERVICES.contains(service) ? OTHER : service,
            "endpoint",
            ENDPOINTS.contains(endpoint) ? endpoint : OTHER,
            "method",
            request.method().name()
        };
        registry.counter("synapse_requests", Tags.of(labels).and("status", status))
                .increment();
        Timer.builder("synapse_request_duration_seconds")
                .tags(labels)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos((long) (Answering.seconds(request) * 1e9)));
    }

    String text() {
        return registry.scrape(CONTENT_TYPE);
    }
}
