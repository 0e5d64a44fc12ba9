package io.synapse.sdk;

import io.synapse.sdk.internal.json.AdditionalProperties;
import io.synapse.sdk.internal.value.Attributes;
import io.synapse.sdk.internal.value.Attributes.Key;
import io.synapse.sdk.internal.value.ValueObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a client does so that a failing service costs its callers little: {@code client.with(resilience)} returns a view
 * of the client whose calls pass these layers, the outermost first:
 *
 * <ol>
 *   <li>a fallback, when the call fails in the end;
 *   <li>the total time limit ({@link #deadline});
 *   <li>retries ({@link #retryPolicy}), within a budget ({@link #retryBudget});
 *   <li>the choice of a server ({@link LoadBalancing}, part of the client);
 *   <li>the {@link CircuitBreaker} of that server;
 *   <li>the limit of calls in flight at that server ({@link #bulkhead});
 *   <li>the time limit of the attempt ({@link #attemptTimeout}).
 * </ol>
 *
 * <p>Without a setting, its layer does nothing beyond what the client does itself. The state (circuit breakers, budget,
 * response times) belongs to the view: create it once and share it. Views of that view share the state, and its deadline
 * and retry policy where they have none of their own. A view of it with other layers has these alone, with a state of
 * their own; of the first layers, the deadline and the retry policy still apply where the others set none, so that no
 * view loses a time limit unnoticed: {@code deadline(Duration.ZERO)} removes it.
 *
 * <pre>{@code
 * Resilience resilience = Resilience.NONE
 *         .deadline(Duration.ofSeconds(20))
 *         .retryBudget(RetryBudget.DEFAULT)
 *         .attemptTimeout(AttemptTimeout.adaptive())
 *         .bulkhead(16, 64);
 * AgentClient steady = client.with(resilience);
 * }</pre>
 *
 * <p>The layers apply to calls. Of a stream (logs, events) each connection chooses its server and passes its circuit breaker
 * likewise; reconnecting has rules of its own. Immutable: each setter returns a modified copy, and throws a {@link BadRequestException} when a value
 * is out of its range.
 */
public final class Resilience extends ValueObject {
    private static final Key<@Nullable Duration> DEADLINE = Key.of("deadline");
    private static final Key<@Nullable RetryPolicy> RETRY_POLICY = Key.of("retryPolicy");
    private static final Key<@Nullable RetryBudget> RETRY_BUDGET = Key.of("retryBudget");
    private static final Key<CircuitBreaker.@Nullable Factory> CIRCUIT_BREAKER = Key.of("circuitBreaker");
    private static final Key<@Nullable Bulkhead> BULKHEAD = Key.of("bulkhead");
    private static final Key<@Nullable AttemptTimeout> ATTEMPT_TIMEOUT = Key.of("attemptTimeout");
    private static final Key<@Nullable FallbackCache> FALLBACK_CACHE = Key.of("fallbackCache");
    private static final Key<List<FallbackRule<?>>> FALLBACK_RULES = new Key<>("fallbackRules", List.of());

    /** No layer beyond what a client does itself. */
    public static final Resilience NONE = new Resilience(Attributes.NONE);

    private Resilience(Attributes attributes) {
        super(attributes);
    }

    /**
     * A limit of calls at one server.
     *
     * @param maxInFlight how many are sent at once
     * @param maxQueued how many more wait, first come, first served
     */
    public record Bulkhead(int maxInFlight, int maxQueued) {}

    /**
     * An answer that the program makes where the service gives none.
     *
     * @param type the type of the answers that it replaces
     * @param rule makes the answer of the failure
     */
    public record FallbackRule<T>(Class<T> type, Function<? super ClientException, ? extends T> rule) {}

    /**
     * Sets the total time limit of each call, all attempts and delays included, in place of the client's and of those of
     * single operations; zero for no limit.
     */
    public Resilience deadline(Duration limit) {
        if (limit.isNegative()) {
            throw BadRequestException.refused("the deadline must not be negative: " + limit);
        }
        return with(DEADLINE, limit);
    }

    /** Sets the retry policy, in place of the client's. */
    public Resilience retryPolicy(RetryPolicy policy) {
        return with(RETRY_POLICY, policy);
    }

    /** Limits the retries of all calls together. */
    public Resilience retryBudget(RetryBudget budget) {
        return with(RETRY_BUDGET, budget);
    }

    /**
     * Gives each server a circuit breaker, for calls and for the connections of streams. With all of them open, calls and
     * streams that begin fail with a {@link CircuitOpenException}; a stream that was cut tries again until the circuit of
     * its server is closed or its time to reconnect is over.
     */
    public Resilience circuitBreaker(CircuitBreaker.Factory factory) {
        return with(CIRCUIT_BREAKER, factory);
    }

    /**
     * Limits the calls in flight at each server. More of them wait, which is part of the call's time; a call that finds
     * the queue full fails at once with a {@link RateLimitException}.
     *
     * @param maxInFlight at least 1
     * @param maxQueued at least 0
     */
    public Resilience bulkhead(int maxInFlight, int maxQueued) {
        if (maxInFlight < 1 || maxQueued < 0) {
            throw BadRequestException.refused("a bulkhead needs at least one call in flight and none queued, not "
                    + maxInFlight + " and " + maxQueued);
        }
        return with(BULKHEAD, new Bulkhead(maxInFlight, maxQueued));
    }

    /** Limits the time of single attempts. */
    public Resilience attemptTimeout(AttemptTimeout timeout) {
        return with(ATTEMPT_TIMEOUT, timeout);
    }

    /**
     * Keeps the answers to requests that change nothing (GET, and POST marked as {@linkplain Endpoint#idempotent()
     * idempotent}), and gives them again, with a {@link FallbackMark}, when the same request fails because the service
     * does (no connection, a time limit, 429, 5xx, an open circuit). Answers that are not models with
     * {@code additionalProperties} are not kept, since they could not be marked.
     *
     * <p>What is kept is the object that the caller got, not a copy. The models of the SDK cannot be changed; a record of
     * your own must not be changed either after it was returned, lists and maps in it included, or else later callers get
     * the change. A constructor that copies them ({@link List#copyOf}) makes sure of that.
     */
    public Resilience fallbackCache(FallbackCache cache) {
        return with(FALLBACK_CACHE, cache);
    }

    /**
     * Makes an answer, with a {@link FallbackMark}, when such a request fails and the cache has no answer to it.
     *
     * @param type the type of the answers that it replaces: a model with {@code additionalProperties}
     * @param rule makes the answer of the failure; must not block
     */
    public <T> Resilience fallback(Class<T> type, Function<? super ClientException, ? extends T> rule) {
        if (!AdditionalProperties.isIn(type)) {
            throw BadRequestException.refused("an answer of " + type.getSimpleName()
                    + " cannot be marked: it is not a public record with additionalProperties");
        }
        List<FallbackRule<?>> rules = new ArrayList<>(fallbackRules());
        rules.add(new FallbackRule<>(type, rule));
        return with(FALLBACK_RULES, rules);
    }

    /** The total time limit of each call; empty for the client's. */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(attributes.get(DEADLINE));
    }

    /** The retry policy; empty for the client's. */
    public Optional<RetryPolicy> retryPolicy() {
        return Optional.ofNullable(attributes.get(RETRY_POLICY));
    }

    /** The budget of retries; empty for no limit. */
    public Optional<RetryBudget> retryBudget() {
        return Optional.ofNullable(attributes.get(RETRY_BUDGET));
    }

    /** What makes circuit breakers; empty for none. */
    public Optional<CircuitBreaker.Factory> circuitBreaker() {
        return Optional.ofNullable(attributes.get(CIRCUIT_BREAKER));
    }

    /** The limit of calls in flight at each server; empty for none. */
    public Optional<Bulkhead> bulkhead() {
        return Optional.ofNullable(attributes.get(BULKHEAD));
    }

    /** The time limit of an attempt; empty for none of its own. */
    public Optional<AttemptTimeout> attemptTimeout() {
        return Optional.ofNullable(attributes.get(ATTEMPT_TIMEOUT));
    }

    /** Where answers are kept; empty for nowhere. */
    public Optional<FallbackCache> fallbackCache() {
        return Optional.ofNullable(attributes.get(FALLBACK_CACHE));
    }

    /** The rules that make answers, the first one that fits applies; unmodifiable. */
    public List<FallbackRule<?>> fallbackRules() {
        return attributes.get(FALLBACK_RULES);
    }

    private <V> Resilience with(Key<V> key, V value) {
        return new Resilience(attributes.with(key, java.util.Objects.requireNonNull(value, key.name())));
    }
}
