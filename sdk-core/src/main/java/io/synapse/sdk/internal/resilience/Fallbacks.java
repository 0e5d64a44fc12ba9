package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ConnectionException;
import io.synapse.sdk.FallbackCache;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.Resilience.FallbackRule;
import io.synapse.sdk.internal.json.AdditionalProperties;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers that are given, and marked, when the service gives none. Thread-safe. */
public final class Fallbacks {
    private static final Logger LOG = LoggerFactory.getLogger("io.synapse.sdk.calls");
    private static final int NOT_IMPLEMENTED = 501;

    private final @Nullable FallbackCache cache;
    private final List<FallbackRule<?>> rules;
    private final LongSupplier clock;

    /** An answer of the service, and when it came. */
    private record Kept(Object answer, long nanoTime) {}

    Fallbacks(Resilience resilience, LongSupplier clock) {
        this.cache = resilience.fallbackCache().orElse(null);
        this.rules = resilience.fallbackRules();
        this.clock = clock;
    }

    /** Keeps an answer of the service to a request that changes nothing. A failure of the cache is not the call's. */
    public void keep(Question question, @Nullable Object answer) {
        try {
            put(question, answer);
        } catch (RuntimeException e) {
            LOG.warn("an answer could not be kept", e);
        }
    }

    private void put(Question question, @Nullable Object answer) {
        if (cache != null
                && answer != null
                && question.changesNothing()
                && AdditionalProperties.isIn(answer.getClass())) {
            cache.put(question.key(), new Kept(answer, clock.getAsLong()));
        }
    }

    /**
     * A marked answer in the place of a failure; empty where there is none. What the cache or a rule throws is added to the
     * failure.
     */
    public Optional<Marked> answer(Question question, ClientException failure) {
        boolean none = cache == null && rules.isEmpty();
        if (none || !question.changesNothing() || !isOfTheService(failure)) {
            return Optional.empty();
        }
        try {
            return cached(question, failure).or(() -> ruled(question, failure));
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return Optional.empty();
        }
    }

    /**
     * An answer with its mark.
     *
     * @param answer the answer, which has the mark in it
     * @param mark the mark
     */
    public record Marked(Object answer, FallbackMark mark) {}

    private Optional<Marked> cached(Question question, ClientException failure) {
        return cache != null && cache.get(question.key()) instanceof Kept kept
                ? marked("cache", Duration.ofNanos(clock.getAsLong() - kept.nanoTime), failure, kept.answer)
                : Optional.empty();
    }

    private Optional<Marked> ruled(Question question, ClientException failure) {
        return rules.stream()
                .filter(rule -> rule.type() == question.answerType())
                .findFirst()
                .flatMap(rule ->
                        marked("rule", Duration.ZERO, failure, rule.rule().apply(failure)));
    }

    private static Optional<Marked> marked(String source, Duration age, ClientException failure, Object answer) {
        FallbackMark mark = new FallbackMark(source, age, String.valueOf(failure.getMessage()));
        return FallbackFields.write(mark, answer).map(copy -> new Marked(copy, mark));
    }

    /** Whether the service failed, and not the caller. */
    private static boolean isOfTheService(ClientException failure) {
        return failure instanceof ConnectionException
                || failure instanceof RequestTimeoutException
                || failure instanceof RateLimitException
                || failure instanceof CircuitOpenException
                || failure.statusCode() >= 500 && failure.statusCode() != NOT_IMPLEMENTED;
    }
}
