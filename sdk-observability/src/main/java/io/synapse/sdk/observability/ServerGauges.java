package io.synapse.sdk.observability;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.ServerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The gauges of a client's servers. A look at the servers that is a second old is renewed by the next gauge. Thread-safe. */
final class ServerGauges {
    private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

    private final MeterRegistry registry;
    private final Tags client;
    private final Supplier<List<ServerStatus>> source;
    private final Consumer<String> gone;
    private final Map<String, List<Meter>> meters = new HashMap<>();
    private final Set<String> withBreaker = new HashSet<>();
    private Map<String, ServerStatus> seen = Map.of();
    private long seenAt;

    /** @param gone is told the server that is not among those of the client any more */
    ServerGauges(MeterRegistry registry, Tags client, Supplier<List<ServerStatus>> source, Consumer<String> gone) {
        this.registry = registry;
        this.client = client;
        this.source = source;
        this.gone = gone;
    }

    synchronized void register() {
        // Holds this object too: Micrometer itself refers to what it measures only weakly.
        Gauge.builder("synapse.client.servers", () -> servers().size())
                .description("Servers that the client calls")
                .tags(client)
                .strongReference(true)
                .register(registry);
        look();
    }

    private synchronized Map<String, ServerStatus> servers() {
        if (System.nanoTime() - seenAt > MAX_AGE) {
            look();
        }
        return seen;
    }

    private void look() {
        Map<String, ServerStatus> now = new HashMap<>();
        source.get().forEach(server -> now.put(server.url(), server));
        seen = now;
        seenAt = System.nanoTime();
        Set<String> vanished = new HashSet<>(meters.keySet());
        vanished.removeAll(now.keySet());
        vanished.forEach(this::remove);
        now.values().forEach(this::add);
    }

    /** A server has its circuit breaker from its first call on. */
    private void add(ServerStatus server) {
        Tags tags = client.and("server", server.url());
        List<Meter> known = meters.computeIfAbsent(server.url(), url -> gauges(tags));
        if (server.circuitBreaker().isPresent() && withBreaker.add(server.url())) {
            for (CircuitBreaker.State state : CircuitBreaker.State.values()) {
                Tags ofState = tags.and("state", state.name().toLowerCase(Locale.ROOT));
                known.add(gauge("circuit.breaker", ofState, now -> isIn(state, now)));
            }
        }
    }

    private static double isIn(CircuitBreaker.State state, ServerStatus server) {
        return server.circuitBreaker().filter(state::equals).isPresent() ? 1 : 0;
    }

    private void remove(String server) {
        List<Meter> unused = meters.remove(server);
        if (unused != null) {
            unused.forEach(registry::remove);
        }
        withBreaker.remove(server);
        gone.accept(server);
    }

    private List<Meter> gauges(Tags tags) {
        List<Meter> all = new ArrayList<>();
        all.add(gauge("healthy", tags, now -> now.healthy() ? 1 : 0));
        all.add(gauge("in.flight", tags, ServerStatus::inFlight));
        all.add(gauge("queued", tags, ServerStatus::queued));
        all.add(gauge(
                "response.time",
                tags,
                "seconds",
                now -> now.averageResponseTime().toNanos() / 1e9));
        return all;
    }

    private Gauge gauge(String name, Tags tags, ToDoubleFunction<ServerStatus> value) {
        return gauge(name, tags, null, value);
    }

    private Gauge gauge(String name, Tags tags, @Nullable String unit, ToDoubleFunction<ServerStatus> value) {
        String url = tags.stream()
                .filter(tag -> tag.getKey().equals("server"))
                .findFirst()
                .orElseThrow()
                .getValue();
        Supplier<Number> reading = () -> {
            ServerStatus status = servers().get(url);
            return status == null ? Double.NaN : value.applyAsDouble(status);
        };
        return Gauge.builder("synapse.client.server." + name, reading)
                .tags(tags)
                .baseUnit(unit)
                .strongReference(true)
                .register(registry);
    }
}
