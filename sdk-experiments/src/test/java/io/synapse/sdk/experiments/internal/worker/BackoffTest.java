package io.synapse.sdk.experiments.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void pausesDoubleFromOneSecondToTheLimitAndBeginAnewAfterASuccess() {
        Backoff backoff = new Backoff(Duration.ofSeconds(60), () -> 0);

        assertThat(IntStream.range(0, 9).mapToObj(failure -> backoff.next().toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
        backoff.reset();
        assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPauseIsShortenedByChanceByUpToAHalf() {
        assertThat(new Backoff(Duration.ofSeconds(60), () -> 0.5).next()).isEqualTo(Duration.ofMillis(750));
        assertThat(new Backoff(Duration.ofMillis(100), () -> 1).next()).isEqualTo(Duration.ofMillis(50));
    }
}
