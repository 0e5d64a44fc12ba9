package io.synapse.sdk.observability;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.synapse.sdk.CheckpointStore;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.EventStatistics;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.LogStatistics;
import io.synapse.sdk.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Counts what a client does, in a registry of Micrometer. Thread-safe.
 *
 * <pre>{@code
 * ClientMetrics metrics = ClientMetrics.of(registry, "gateway");
 * GatewayClient client = GatewayClient.builder().baseUrl(url).listener(metrics).build();
 * metrics.bind(client::servers);
 * }</pre>
 *
 * <p>The meters, each with the tag {@code client}:
 * <ul>
 *   <li>{@code synapse.client.calls}: a timer of calls, retries and pauses included, with a histogram; tags
 *       {@code operation}, {@code method}, {@code path} (a template), {@code outcome} ({@code SUCCESS},
 *       {@code CLIENT_ERROR}, {@code SERVER_ERROR}, or {@code UNKNOWN} when there was no response) and {@code exception}
 *   <li>{@code synapse.client.attempts}: a timer of attempts; tags {@code server} (its base URL) and {@code outcome}
 *   <li>{@code synapse.client.retries}: a counter; tags {@code operation}, {@code method} and {@code path}
 *   <li>{@code synapse.client.fallbacks}: a counter; the same tags and {@code source} ({@code cache} or {@code rule})
 *   <li>{@code synapse.client.stream.reconnects}: a counter of connections of streams that were made again; tag
 *       {@code kind} ({@code log} or {@code events})
 *   <li>{@code synapse.client.streams}: a counter of streams that are over; tags {@code kind} and {@code outcome}
 *       ({@code SUCCESS} or an exception)
 *   <li>{@code synapse.client.checkpoints} (tag {@code action}: {@code resumed}, {@code saved}): a counter of what streams
 *       do with a {@linkplain #monitor store}
 *   <li>gauges of the {@linkplain #bind servers}
 * </ul>
 *
 * <p>The values of a tag are bounded: {@code path} is {@code other} beyond 200 templates, {@code server} beyond 1,000
 * addresses, and the meters of a bound server that is gone are removed.
 */
public final class ClientMetrics implements ClientListener {
    private static final int MAX_PATHS = 200;
    private static final int MAX_SERVERS = 1_000;
    private static final String OTHER = "other";
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final MeterRegistry registry;
    private final Tags client;
    private final Counter logReconnects;
    private final Counter eventReconnects;
    private final Set<String> paths = ConcurrentHashMap.newKeySet();
    private final Set<String> servers = ConcurrentHashMap.newKeySet();

    private ClientMetrics(MeterRegistry registry, String client) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.client = Tags.of("client", Objects.requireNonNull(client, "client"));
        this.logReconnects = reconnects("log");
        this.eventReconnects = reconnects("events");
    }

    /**
     * Metrics in this registry.
     *
     * @param client the value of the tag {@code client}: what the program calls the client; a constant
     */
    public static ClientMetrics of(MeterRegistry registry, String client) {
        return new ClientMetrics(registry, client);
    }

    /**
     * Adds gauges of each server: {@code synapse.client.server.healthy} (1 or 0), {@code .in.flight} and {@code .queued}
     * (calls), {@code .response.time} (seconds, a moving average), and {@code .circuit.breaker} with the tag {@code state}
     * ({@code closed}, {@code open}, {@code half_open}; 1 for the present one); and {@code synapse.client.servers}, their
     * number. The servers are asked for once a second at most, when a gauge is read.
     *
     * <p>Call it once: the circuit breakers of a view are its own, and need a {@code ClientMetrics} with another name.
     *
     * @param source {@code client::servers}, or that of a view
     */
    public void bind(Supplier<List<ServerStatus>> source) {
        new ServerGauges(registry, client, source, this::forget).register();
    }

    /** The same store; what streams load from it and save to it is counted. */
    public CheckpointStore monitor(CheckpointStore store) {
        return new MonitoredCheckpoints(store, checkpoints("resumed")::increment, checkpoints("saved")::increment);
    }

    private Counter reconnects(String kind) {
        return registry.counter("synapse.client.stream.reconnects", client.and("kind", kind));
    }

    private Counter checkpoints(String action) {
        return registry.counter("synapse.client.checkpoints", client.and("action", action));
    }

    @Override
    public void attemptFinished(Call call, Attempt attempt) {
        Timer.builder("synapse.client.attempts")
                .description("Attempts of calls")
                .tags(client.and(
                        "server", bounded(attempt.server(), servers, MAX_SERVERS), "outcome", outcome(attempt)))
                .register(registry)
                .record(attempt.duration());
    }

    @Override
    public void retryScheduled(Call call, Attempt failed, Duration delay) {
        registry.counter("synapse.client.retries", of(call)).increment();
    }

    @Override
    public void callFinished(Call call, Attempt last, Duration duration) {
        String exception = last.failure()
                .map(failure -> failure.getClass().getSimpleName())
                .orElse("none");
        Timer.builder("synapse.client.calls")
                .description("Calls, with their retries and pauses")
                .tags(of(call).and("outcome", outcome(last), "exception", exception))
                .publishPercentileHistogram()
                .minimumExpectedValue(SHORTEST)
                .maximumExpectedValue(LONGEST)
                .register(registry)
                .record(duration);
    }

    @Override
    public void fallbackUsed(Call call, FallbackMark mark) {
        registry.counter("synapse.client.fallbacks", of(call).and("source", mark.source()))
                .increment();
    }

    @Override
    public void streamReconnecting(Stream stream, String reason, Duration delay) {
        logReconnects.increment();
    }

    @Override
    public void eventsReconnecting(Events stream, String reason, Duration delay) {
        eventReconnects.increment();
    }

    @Override
    public void streamEnded(
            Stream stream, LogStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
        streamOver("log", failure);
    }

    @Override
    public void eventsEnded(
            Events stream, EventStatistics statistics, Duration duration, Optional<RuntimeException> failure) {
        streamOver("events", failure);
    }

    private void streamOver(String kind, Optional<RuntimeException> failure) {
        String outcome =
                failure.map(reason -> reason.getClass().getSimpleName()).orElse("SUCCESS");
        registry.counter("synapse.client.streams", client.and("kind", kind, "outcome", outcome))
                .increment();
    }

    private Tags of(Call call) {
        return client.and(
                "operation",
                call.operation().orElse("none"),
                "method",
                call.method().name(),
                "path",
                bounded(call.pathTemplate(), paths, MAX_PATHS));
    }

    /** The value, or {@code other} when there are too many of them already. */
    private static String bounded(String value, Set<String> known, int limit) {
        if (known.contains(value)) {
            return value;
        }
        return known.size() < limit && known.add(value) ? value : OTHER;
    }

    private static String outcome(Attempt attempt) {
        Optional<ClientException> failure = attempt.failure();
        if (failure.isEmpty()) {
            return "SUCCESS";
        }
        int status = attempt.statusCode().orElse(0);
        return status >= 500 ? "SERVER_ERROR" : status >= 400 ? "CLIENT_ERROR" : "UNKNOWN";
    }

    private void forget(String server) {
        servers.remove(server);
        registry.find("synapse.client.attempts")
                .tags(client.and("server", server))
                .meters()
                .forEach(registry::remove);
    }
}
