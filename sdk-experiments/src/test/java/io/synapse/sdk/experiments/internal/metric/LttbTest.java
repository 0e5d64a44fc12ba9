package io.synapse.sdk.experiments.internal.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LttbTest {
    @Test
    void theFirstTheLastAndTheExtremesAreKept() {
        double[] steps = IntStream.range(0, 100_000).asDoubleStream().toArray();
        double[] values = Arrays.stream(steps).map(step -> Math.sin(step / 500)).toArray();
        values[70_001] = -3;
        values[70_002] = 3;

        for (int points : new int[] {5, 6, 10, 1000}) {
            int[] chosen = Lttb.choose(steps, values, points);

            assertThat(chosen)
                    .hasSizeLessThanOrEqualTo(points)
                    .contains(0, 70_001, 70_002, 99_999)
                    .isSorted();
        }
        assertThat(Lttb.choose(steps, values, 1000)).hasSizeGreaterThanOrEqualTo(998);
        assertThat(Lttb.choose(steps, values, 1)).containsExactly(99_999);
        assertThat(Lttb.choose(steps, values, 4)).hasSize(4);
    }

    @Test
    void aCurveThatHasNoMorePointsIsKeptAsItIs() {
        Curve curve = new Curve(new double[] {1, 2, 3}, new double[] {1, Double.NaN, 3});

        assertThat(curve.downsampled(3)).isSameAs(curve);
        assertThat(curve.downsampled(2).steps()).containsExactly(1, 3);
    }

    @Test
    void valuesThatAreNotFiniteDoNotHideTheOthers() {
        double[] steps = IntStream.range(0, 1000).asDoubleStream().toArray();
        double[] values = new double[1000];
        Arrays.fill(values, Double.NaN);
        values[500] = 1;
        values[600] = Double.POSITIVE_INFINITY;

        assertThat(Lttb.choose(steps, values, 20)).contains(0, 500, 999).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void aCurveThatIsTooLargeToComputeWithDoesNotHideAnother() {
        double[] steps = IntStream.range(0, 10_000).asDoubleStream().toArray();
        double[] large = Arrays.stream(steps)
                .map(step -> step % 2 == 0 ? Double.MAX_VALUE : -Double.MAX_VALUE)
                .toArray();
        double[] spikes = new double[10_000];
        int[] at = {1_111, 3_333, 5_555, 7_777};
        Arrays.stream(at).forEach(point -> spikes[point] = 1);

        int[] chosen = Lttb.chooseRows(steps, new double[][] {large, spikes}, 100);

        assertThat(chosen).contains(at);
    }

    @Test
    void statisticsAreThoseOfTheRecordedExchange() {
        Curve curve = new Curve(new double[] {1, 2, 3}, new double[] {0.5, 0.6, 0.65});

        MetricStatistics statistics = MetricStatistics.of(curve, Direction.of("val_acc"));

        assertThat(statistics.std()).isCloseTo(0.07637626158259735, within(1e-15));
        assertThat(statistics.q25()).isCloseTo(0.55, within(1e-15));
        assertThat(statistics.q75()).isCloseTo(0.625, within(1e-15));
        assertThat(statistics.best()).isEqualTo(0.65);
        assertThat(statistics.improvementPercent()).isCloseTo(30, within(1e-9));
        assertThat(statistics.trend()).isEqualTo("improving");
        assertThat(MetricStatistics.of(curve, Direction.of("val_loss")).trend()).isEqualTo("declining");
    }
}
