package io.synapse.sdk.internal.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a retry waits. */
class RetryDecisionTest {
    /** The waits of wire/gateway.md, section 6. */
    private static final RetryPolicy GATEWAY = RetryPolicy.DEFAULT
            .initialDelay(Duration.ofSeconds(1))
            .maxDelay(Duration.ofSeconds(30))
            .randomizationFactor(0.2);

    private static List<Long> millis(RetryPolicy policy, double random) {
        return IntStream.rangeClosed(1, 7)
                .mapToObj(
                        attempt -> RetryDecision.delay(policy, attempt, random).toMillis())
                .toList();
    }

    @Test
    void byDefaultADelayIsBetweenZeroAndTheDoubledFirstOne() {
        assertThat(millis(RetryPolicy.DEFAULT, 0)).containsOnly(0L);
        assertThat(millis(RetryPolicy.DEFAULT, 0.5)).containsExactly(100L, 200L, 400L, 800L, 1600L, 2500L, 2500L);
        assertThat(millis(RetryPolicy.DEFAULT, 1)).containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
        assertThat(RetryPolicy.DEFAULT.randomizationFactor()).isEmpty();
    }

    @Test
    void withARandomizationFactorADelayIsAroundTheDoubledFirstOne() {
        assertThat(millis(GATEWAY, 0)).containsExactly(800L, 1600L, 3200L, 6400L, 12_800L, 24_000L, 24_000L);
        assertThat(millis(GATEWAY, 0.5)).containsExactly(1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L);
        assertThat(millis(GATEWAY, 1)).containsExactly(1200L, 2400L, 4800L, 9600L, 19_200L, 36_000L, 36_000L);
    }

    @Test
    void withTheFactorZeroADelayIsNotRandom() {
        assertThat(millis(GATEWAY.randomizationFactor(0), 0)).isEqualTo(millis(GATEWAY.randomizationFactor(0), 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
    void aFactorOutOfRangeIsRefused(double factor) {
        assertThatThrownBy(() -> RetryPolicy.DEFAULT.randomizationFactor(factor))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("between 0 and 1");
    }
}
