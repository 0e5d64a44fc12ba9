package io.synapse.sdk.gateway.server.internal.metrics;

import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.Streams;
import io.synapse.sdk.gateway.server.internal.WorkQueue;
import java.time.Duration;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Counts of requests and of what services do, for Prometheus, under the names of the original (wire/gateway.md,
 * section 6), but for {@code synapse_pool_connections_created_total}: there are none, and the library has no names in
 * {@code _created}. The labels of a request are those of its route; what has none is {@code other}. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    /** The form of {@link #text()}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

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
            "openapi.json",
            "workflow",
            "stream",
            "legacy");
    /** The original's. */
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

    /** Metrics of these services. */
    public Metrics(Services services) {
        services.queues().forEach(this::register);
        Gauge.builder("synapse_active_workflows", services, Services::activeWorkflows)
                .description("Workflows that run")
                .register(registry);
        streams("running", services, Streams.Counts::running);
        streams("kept", services, Streams.Counts::kept);
        counter("synapse_streams_opened", "Streams that were begun", services, Streams.Counts::opened);
        counter("synapse_streams_resumed", "Readers that went on with a stream", services, Streams.Counts::resumed);
        counter("synapse_streams_lost", "Readers that came back too late", services, Streams.Counts::lost);
    }

    /** Counts calls of gRPC, and how long they take, by service, method and status. */
    public ServerInterceptor ofCalls() {
        return new MetricCollectingServerInterceptor(
                registry, counter -> counter, timer -> timer.serviceLevelObjectives(BUCKETS));
    }

    private void register(WorkQueue queue) {
        pool(queue, "available", counts -> counts.limits().inFlight() - counts.inFlight());
        pool(queue, "in_use", WorkQueue.Counts::inFlight);
        pool(queue, "total", counts -> counts.limits().inFlight());
        pool(queue, "waiting", WorkQueue.Counts::queued);
        work(queue, "succeeded", WorkQueue.Counts::succeeded);
        work(queue, "failed", WorkQueue.Counts::failed);
        work(queue, "refused", WorkQueue.Counts::refused);
    }

    private void pool(WorkQueue queue, String state, ToDoubleFunction<WorkQueue.Counts> value) {
        Gauge.builder("synapse_pool_size", queue, known -> value.applyAsDouble(known.counts()))
                .description("What a service may have in flight, and has")
                .tags(SERVICE, queue.name(), "state", state)
                .register(registry);
    }

    private void work(WorkQueue queue, String outcome, ToDoubleFunction<WorkQueue.Counts> value) {
        FunctionCounter.builder("synapse_work", queue, known -> value.applyAsDouble(known.counts()))
                .description("Calls and streams that a service has ended or refused, over HTTP and gRPC")
                .tags(SERVICE, queue.name(), "outcome", outcome)
                .register(registry);
    }

    private void streams(String state, Services services, ToDoubleFunction<Streams.Counts> value) {
        Gauge.builder("synapse_streams", services, known -> value.applyAsDouble(known.streamCounts()))
                .description("Streams that can be read")
                .tags("state", state)
                .register(registry);
    }

    private void counter(String name, String description, Services services, ToDoubleFunction<Streams.Counts> value) {
        FunctionCounter.builder(name, services, known -> value.applyAsDouble(known.streamCounts()))
                .description(description)
                .register(registry);
    }

    /** Counts a request over HTTP that was answered. */
    public void count(String path, String method, int statusCode, double seconds) {
        String[] parts = path.split("/");
        String endpoint = parts.length == 0 ? OTHER : parts[parts.length - 1];
        boolean isOfService = path.startsWith("/api/v1/") && parts.length > 3;
        String service = isOfService ? parts[3] : "gateway";
        String status = Integer.toString(statusCode);
        String[] labels = {
            SERVICE,
            isOfService && !SERVICES.contains(service) ? OTHER : service,
            "endpoint",
            ENDPOINTS.contains(endpoint) ? endpoint : OTHER,
            "method",
            method
        };
        registry.counter("synapse_requests", Tags.of(labels).and("status", status))
                .increment();
        Timer.builder("synapse_request_duration_seconds")
                .tags(labels)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(Duration.ofNanos((long) (seconds * 1e9)));
    }

    /** All of them, as Prometheus reads them. */
    public String text() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        registry.close();
    }
}
