package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.CallOptions;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.internal.balance.Server;
import io.synapse.sdk.internal.balance.Servers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The layers of a {@link Resilience}, with their state, for the calls of one view of a client. Thread-safe. */
public final class Layers {
    /** Servers that are gone are forgotten when there are so many more than servers. */
    private static final int SPARE_GUARDS = 16;

    private final Resilience resilience;
    private final @Nullable RetryTokens retries;
    private final @Nullable AttemptLimits limits;
    private final Fallbacks fallbacks;
    private final Map<Server, Guard> guards = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private final InFlightLimit limit;

    /** The bulkheads that all views of a client share; empty without a limit of the server's own. */
    private final Map<Server, Bulkhead> shared;

    /** What stands before one server. */
    private record Guard(
            @Nullable CircuitBreaker breaker, @Nullable Bulkhead bulkhead) {
        private static final Guard NONE = new Guard(null, null);

        Guard ofStreams() {
            return bulkhead == null ? this : new Guard(breaker, null);
        }

        boolean hasRoom() {
            return bulkhead == null || bulkhead.hasRoom();
        }
    }

    /**
     * Layers whose state is fresh.
     *
     * @param clock a monotonic clock in nanoseconds
     * @param limit the limit that a server has by itself
     */
    public Layers(Resilience resilience, LongSupplier clock, InFlightLimit limit) {
        this(resilience, clock, limit, new ConcurrentHashMap<>());
    }

    private Layers(Resilience resilience, LongSupplier clock, InFlightLimit limit, Map<Server, Bulkhead> shared) {
        this.clock = clock;
        this.limit = limit;
        this.shared = shared;
        this.resilience = resilience;
        this.retries = resilience.retryBudget().map(RetryTokens::new).orElse(null);
        this.limits = resilience.attemptTimeout().map(AttemptLimits::new).orElse(null);
        this.fallbacks = new Fallbacks(resilience, clock);
    }

    /**
     * Those of a view with these options: with other layers, whose state is fresh but for the limit that a server has by
     * itself, or else these.
     */
    public Layers with(CallOptions options) {
        return options.resilience()
                .map(other -> new Layers(other, clock, limit, shared))
                .orElse(this);
    }

    /** A call begins. */
    public void callStarted() {
        if (retries != null) {
            retries.callStarted();
        }
    }

    /** Takes one retry of the budget; false when nothing is left of it. */
    public boolean tryRetry() {
        return retries == null || retries.tryRetry();
    }

    /**
     * Asks for leave to make an attempt.
     *
     * @param failed servers that failed earlier attempts of the call
     * @param granted called on any thread when a permit that is not granted yet is
     */
    public Admission admit(Servers servers, Collection<Server> failed, Runnable granted) {
        Request request = new Request(granted);
        Server picked = servers.pick(
                failed,
                server -> guard(server, servers).hasRoom(),
                server -> request.isAdmitted(guard(server, servers)));
        return picked == null ? request.refusal() : request.permit(picked);
    }

    /** As {@link #admit}, for an attempt that only this one of the servers can answer. */
    public Admission admitAt(Server server, Servers servers, Runnable granted) {
        Request request = new Request(granted);
        return request.isAdmitted(guard(server, servers)) ? request.permit(server) : request.refusal();
    }

    /**
     * Asks for leave to open the connection of a stream. It takes no place in a bulkhead, whose places are for calls: a
     * stream would keep its own for hours.
     *
     * @param only the one server that can be asked; null for any
     */
    public Admission admitStream(Servers servers, @Nullable Server only) {
        Request request = new Request(() -> {});
        Predicate<Server> admits =
                server -> request.isAdmitted(guard(server, servers).ofStreams());
        if (only != null) {
            return admits.test(only) ? request.permit(only) : request.refusal();
        }
        Server picked = servers.pick(List.of(), any -> true, admits);
        return picked == null ? request.refusal() : request.permit(picked);
    }

    /** The time limit of an attempt of a call in nanoseconds; {@link Long#MAX_VALUE} for none. */
    public long attemptNanos(Question call) {
        return limits == null ? Long.MAX_VALUE : limits.nanos(call.operation());
    }

    /** A successful attempt of a call took so long, or one that reached its limit counts as so long. */
    public void attemptTook(Question call, long nanos) {
        if (limits != null) {
            limits.observe(call.operation(), nanos);
        }
    }

    /** What is given instead of answers. */
    public Fallbacks fallbacks() {
        return fallbacks;
    }

    /** The servers, and how they have answered so far. */
    public List<ServerStatus> status(Servers servers) {
        return servers.all().stream().map(this::status).toList();
    }

    private ServerStatus status(Server server) {
        Guard guard = guards.getOrDefault(server, Guard.NONE);
        int queued = guard.bulkhead == null ? 0 : guard.bulkhead.queued();
        return new ServerStatus(
                server.toString(),
                server.isHealthy(),
                Optional.ofNullable(guard.breaker).map(CircuitBreaker::state),
                server.inFlight() - queued,
                queued,
                Duration.ofNanos((long) server.averageNanos()));
    }

    private Guard guard(Server server, Servers servers) {
        if (resilience.circuitBreaker().isEmpty() && resilience.bulkhead().isEmpty() && limit == InFlightLimit.NONE) {
            return Guard.NONE;
        }
        Guard known = guards.get(server);
        return known == null ? newGuard(server, servers.all()) : known;
    }

    private Guard newGuard(Server server, List<Server> present) {
        if (guards.size() > present.size() + SPARE_GUARDS) {
            guards.keySet().retainAll(present);
            shared.keySet().retainAll(present);
        }
        return guards.computeIfAbsent(
                server,
                added -> new Guard(
                        resilience
                                .circuitBreaker()
                                .map(factory -> factory.create(added.url().toString()))
                                .orElse(null),
                        bulkhead(added)));
    }

    private @Nullable Bulkhead bulkhead(Server server) {
        Bulkhead own = limit == InFlightLimit.NONE
                ? null
                : shared.computeIfAbsent(server, added -> new Bulkhead(limit, Integer.MAX_VALUE, null));
        return resilience
                .bulkhead()
                .map(set -> new Bulkhead(set::maxInFlight, set.maxQueued(), own))
                .orElse(own);
    }

    /** One request for admission: what the servers said that were asked. */
    private static final class Request {
        private final Runnable granted;
        private @Nullable CircuitBreaker breaker;
        private CircuitBreaker.@Nullable Permission permission;
        private Bulkhead.@Nullable Place place;
        private @Nullable Bulkhead full;

        Request(Runnable granted) {
            this.granted = granted;
        }

        boolean isAdmitted(Guard guard) {
            breaker = guard.breaker;
            permission =
                    guard.breaker == null ? null : guard.breaker.tryAcquire().orElse(null);
            if (permission == null && guard.breaker != null) {
                return false;
            }
            if (guard.bulkhead == null) {
                return true;
            }
            place = guard.bulkhead.acquire(granted);
            if (place == null) {
                full = guard.bulkhead;
                if (permission != null) {
                    permission.release();
                }
            }
            return place != null;
        }

        ServerPermit permit(Server server) {
            return new ServerPermit(server, breaker, permission, place);
        }

        Admission refusal() {
            return full == null ? new Admission.CircuitOpen() : new Admission.QueueFull(full.inFlight(), full.queued());
        }
    }
}
