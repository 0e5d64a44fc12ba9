package io.synapse.sdk.resilience;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.FallbackCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Answers in memory, up to a number and an age; of too many, those go that are used least. Thread-safe. */
public final class InMemoryFallbackCache implements FallbackCache {
    private static final int STANDARD_ANSWERS = 1_000;
    private static final Duration STANDARD_AGE = Duration.ofSeconds(300);

    private final Cache<String, Object> answers;

    private InMemoryFallbackCache(int maxAnswers, Duration maxAge) {
        answers = Caffeine.newBuilder()
                .maximumSize(maxAnswers)
                .expireAfterWrite(maxAge)
                .executor(Runnable::run) // no thread of another pool
                .build();
    }

    /** At most 1,000 answers, each for 300 s (wire/gateway.md, section 6). */
    public static InMemoryFallbackCache standard() {
        return of(STANDARD_ANSWERS, STANDARD_AGE);
    }

    /**
     * A cache.
     *
     * @param maxAnswers how many answers are kept; at least 1
     * @param maxAge for how long; positive
     * @throws BadRequestException when a value is out of its range
     */
    public static InMemoryFallbackCache of(int maxAnswers, Duration maxAge) {
        if (maxAnswers < 1 || maxAge.isNegative() || maxAge.isZero()) {
            throw BadRequestException.refused(
                    "a cache keeps at least one answer for some time, not " + maxAnswers + " for " + maxAge);
        }
        return new InMemoryFallbackCache(maxAnswers, maxAge);
    }

    @Override
    public @Nullable Object get(String key) {
        return answers.getIfPresent(key);
    }

    @Override
    public void put(String key, Object answer) {
        answers.put(key, answer);
    }
}
