package io.synapse.sdk.internal.resilience;

import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.internal.json.AdditionalProperties;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form of a {@link FallbackMark} in the additional properties of an answer. */
public final class FallbackFields {
    private static final String SOURCE = "fallback";
    private static final String AGE = "fallback_age_seconds";
    private static final String FAILURE = "fallback_failure";
    private static final double MILLIS = 1000;

    private FallbackFields() {}

    /** The mark of an answer; empty if it has none. */
    public static Optional<FallbackMark> read(Object answer) {
        Map<String, @Nullable Object> fields = AdditionalProperties.of(answer);
        return fields.get(SOURCE) instanceof String source
                        && fields.get(AGE) instanceof Number age
                        && fields.get(FAILURE) instanceof String failure
                ? Optional.of(
                        new FallbackMark(source, Duration.ofMillis(Math.round(age.doubleValue() * MILLIS)), failure))
                : Optional.empty();
    }

    /** A copy of an answer with this mark; empty if it cannot have one. */
    static Optional<Object> write(FallbackMark mark, Object answer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(SOURCE, mark.source());
        fields.put(AGE, mark.age().toMillis() / MILLIS);
        fields.put(FAILURE, mark.failure());
        return AdditionalProperties.with(answer, fields);
    }
}
