package io.synapse.sdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ratios are of the same round, and the middle one counts. */
class SamplesTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInIt() {
        assertThat(new Samples(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
        assertThat(new Samples(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
    }

    @Test
    void aSlowRoundIsSlowForBoth() {
        Samples ratio = new Samples(List.of(10.0, 2.0, 10.0)).dividedBy(new Samples(List.of(5.0, 1.0, 4.0)));

        assertThat(ratio.values()).containsExactly(2.0, 2.0, 2.5);
        assertThat(ratio.min()).isEqualTo(2);
        assertThat(ratio.max()).isEqualTo(2.5);
    }

    @Test
    void roundsMustFit() {
        Samples one = new Samples(List.of(1.0));
        assertThatThrownBy(() -> one.dividedBy(new Samples(List.of(1.0, 2.0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Samples(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
