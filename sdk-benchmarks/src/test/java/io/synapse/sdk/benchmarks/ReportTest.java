package io.synapse.sdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report says what was measured, how it compares, and whether that is enough. */
class ReportTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

    @Test
    void aComparisonShowsItsRatioWithItsSpread() throws IOException {
        assertThat(report(lines(Target.atLeast(0.9)), lines(Target.atLeast(1.1)), lines(Target.NONE)))
                .contains("- date: 2026-11-21\n- command: `bin/benchmarks P1`\n- machine: ")
                .contains("| P1 | follow | fast | bare | 2,000 k lines/s | 2,000 k lines/s | 1.00x (0.50–1.25) | ≥ 0.9x"
                        + " | yes |")
                .contains("| ≥ 1.1x | **no** |")
                .contains("1.00x (0.50–1.25) |  |  |");
    }

    @Test
    void whatShouldBeLessIsMetFromBelow() throws IOException {
        Samples one = new Samples(List.of(106.0));
        Samples other = new Samples(List.of(100.0));
        assertThat(report(new Comparison("P4", "", "", "", Unit.MICROSECONDS, one, other, Target.atMost(1.05))))
                .contains("| 106 µs | 100 µs | 1.06x (1.06–1.06) | ≤ 1.05x | **no** |");
        assertThat(report(new Comparison("P4", "", "", "", Unit.MICROSECONDS, other, one, Target.atMost(1.05))))
                .contains("| 0.94x (0.94–0.94) | ≤ 1.05x | yes |");
    }

    @Test
    void aFindingStandsForItself() throws IOException {
        assertThat(report(new Finding("P9", "size", "", "300 KB", "< 500 KB", true)))
                .contains("| P9 | size |  | – |  |  | 300 KB | < 500 KB | yes |");
    }

    private static Row lines(Target target) {
        Samples sdk = new Samples(List.of(2.0e6, 1.0e6, 2.5e6));
        Samples other = new Samples(List.of(2.0e6, 2.0e6, 2.0e6));
        return new Comparison("P1", "follow", "fast", "bare", Unit.LINES_PER_SECOND, sdk, other, target);
    }

    private static String report(Row... rows) throws IOException {
        return new Report("bin/benchmarks P1", CLOCK, List.of(rows)).text();
    }
}
