package io.synapse.sdk.gateway.server.internal.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.server.internal.Services;
import io.synapse.sdk.gateway.server.internal.WorkQueue;
import io.synapse.sdk.gateway.server.internal.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Health, metrics and the description of the interface (wire/gateway.md, section 2). */
final class SystemRoutes {
    private static final String VERSION = "1.0.0";
    private static final String OPEN_API = resource("openapi.json");

    private final Services services;
    private final Metrics metrics;
    private final Map<GatewayService, String> addresses;

    SystemRoutes(Services services, Metrics metrics, Map<GatewayService, String> addresses) {
        this.services = services;
        this.metrics = metrics;
        this.addresses = addresses;
    }

    void register(RoutesConfig routes) {
        Map<String, String> healthy = new LinkedHashMap<>();
        healthy.put("status", "healthy");
        healthy.put("service", "gateway");
        routes.get("/health", request -> Answering.json(request, 200, healthy));
        routes.get("/metrics", this::metrics);
        routes.get("/metrics/json", request -> Answering.json(request, 200, counts()));
        routes.get("/openapi.json", SystemRoutes::openApi);
        for (GatewayService service : GatewayService.values()) {
            routes.get("/api/v1/" + Services.nameOf(service) + "/health", this::serviceHealth);
        }
    }

    private void serviceHealth(Context request) {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("status", services.isServing() ? "SERVING" : "NOT_SERVING");
        health.put("version", VERSION);
        health.put("uptime_seconds", services.uptime().toSeconds());
        Answering.json(request, 200, health);
    }

    private static void openApi(Context request) {
        Answering.timed(request).contentType("application/json").result(OPEN_API);
    }

    private static String resource(String name) {
        try (InputStream source = SystemRoutes.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(source, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void metrics(Context request) {
        Answering.timed(request).contentType(Metrics.CONTENT_TYPE).result(metrics.text());
    }

    private Map<String, @Nullable Object> counts() {
        Map<String, @Nullable Object> pools = new LinkedHashMap<>();
        Map<String, @Nullable Object> balancers = new LinkedHashMap<>();
        for (GatewayService service : GatewayService.values()) {
            String name = Services.nameOf(service);
            WorkQueue.Counts counts = services.counts(service);
            pools.put(name, pool(name, counts));
            balancers.put(name, balancer(name, addresses.getOrDefault(service, ""), counts));
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("pools", pools);
        all.put("load_balancers", balancers);
        return all;
    }

    /** A pool is what a service may have in flight. */
    private static Map<String, Object> pool(String name, WorkQueue.Counts counts) {
        int size = counts.limits().inFlight();
        Map<String, Object> pool = new LinkedHashMap<>();
        pool.put("name", name);
        pool.put("current_size", size);
        pool.put("available", size - counts.inFlight());
        pool.put("total_acquired", counts.begun());
        pool.put("total_released", counts.begun() - counts.inFlight());
        pool.put("total_created", size);
        pool.put("total_destroyed", 0);
        return pool;
    }

    private Map<String, Object> balancer(String name, String address, WorkQueue.Counts counts) {
        long over = counts.succeeded() + counts.failed();
        Map<String, Object> endpoint = new LinkedHashMap<>();
        endpoint.put("address", address);
        endpoint.put("healthy", services.isServing());
        endpoint.put("weight", 1);
        endpoint.put("success_count", counts.succeeded());
        endpoint.put("failure_count", counts.failed());
        endpoint.put("avg_response_time_ms", over == 0 ? 0.0 : Math.round(counts.nanos() / 1e4 / over) / 1e2);
        Map<String, Object> balancer = new LinkedHashMap<>();
        balancer.put("service", name);
        balancer.put("total_endpoints", 1);
        balancer.put("healthy_endpoints", services.isServing() ? 1 : 0);
        balancer.put("endpoints", List.of(endpoint));
        return balancer;
    }
}
