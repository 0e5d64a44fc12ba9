package io.synapse.sdk.experiments.internal.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static double[] line(int length) {
        return IntStream.range(0, length).asDoubleStream().map(i -> 1 + i).toArray();
    }

    @Test
    void whatGrowsImprovesUnlessSmallerIsBetter() {
        assertThat(new Trend("acc", line(10)).direction()).isEqualTo("improving");
        assertThat(new Trend("val_loss", line(10)).direction()).isEqualTo("degrading");
        assertThat(new Trend("acc", new double[] {1, 1.001, 0.999, 1}).direction())
                .isEqualTo("stable");
    }

    @Test
    void threeRunsAreTooFewToBeSure() {
        assertThat(new Trend("acc", line(3)).isSignificant()).isFalse();
        assertThat(new Trend("acc", line(10)).isSignificant()).isTrue();
    }

    @Test
    void theTestCountsEachPairOnce() {
        double[] values = new Random(7).ints(200, 0, 20).asDoubleStream().toArray();
        long sum = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                sum += Double.compare(values[j], values[i]);
            }
        }
        double z = (sum - Long.signum(sum)) / Math.sqrt(200.0 * 199 * 405 / 18);

        assertThat((double) new Trend("acc", values).fields().getOrDefault("z", 0.0))
                .isCloseTo(z, within(1e-12));
    }
}
