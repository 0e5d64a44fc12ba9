package io.synapse.sdk.internal.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.AttemptTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The limits of attempts follow how long attempts take (wire/gateway.md, sections 6 and 7). */
class AttemptLimitsTest {
    private static final String PLAN = "POST plan";

    private final AttemptTimeout adaptive = AttemptTimeout.adaptive().base(Duration.ofSeconds(60));
    private final AttemptLimits limits = new AttemptLimits(adaptive);

    @Test
    void theBaseAppliesBeforeThereAreTen() {
        observe(limits, 9, 10);
        assertThat(limit(limits)).isEqualTo(Duration.ofSeconds(60));

        observe(limits, 1, 10);
        assertThat(limit(limits)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void itStaysWithinItsBounds() {
        observe(limits, 100, 1);
        assertThat(limit(limits)).isEqualTo(Duration.ofSeconds(5));
        observe(limits, 100, 110);
        assertThat(limit(limits)).isEqualTo(Duration.ofSeconds(120));

        AttemptLimits small = new AttemptLimits(adaptive.base(Duration.ofSeconds(20)));
        observe(small, 100, 110);
        assertThat(limit(small)).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void theSlowestOfTwentyDecide() {
        observe(limits, 95, 10);
        observe(limits, 5, 30);
        assertThat(limit(limits)).isEqualTo(Duration.ofSeconds(45)); // the 96th of 100

        observe(limits, 1, 10);
        observe(limits, 99, 10);
        assertThat(limit(limits)).isEqualTo(Duration.ofSeconds(15)); // those of 30 s are among the last 100 no longer
    }

    @Test
    void theOrderInWhichAttemptsEndDoesNotMatter() {
        AttemptLimits quick = new AttemptLimits(adaptive.min(Duration.ofMillis(1)));
        Random random = new Random(7);
        List<Long> all = new ArrayList<>();
        for (int call = 0; call < 1_000; call++) {
            long took = Duration.ofMillis(1 + random.nextInt(50)).toNanos();
            all.add(took);
            quick.observe(PLAN, took);
        }

        List<Long> last = all.subList(900, 1_000).stream().sorted().toList();
        assertThat(quick.nanos(PLAN)).isEqualTo((long) (1.5 * last.get(95)));
    }

    /** A service that is ten times slower from one call to the next: row 3 of section 11. */
    @Test
    void itFollowsAServiceThatBecameSlowerWithinTenCalls() {
        AttemptLimits quick = new AttemptLimits(adaptive.min(Duration.ofMillis(10)));
        for (int call = 0; call < 100; call++) {
            quick.observe(PLAN, Duration.ofMillis(50).toNanos());
        }
        int failures = 0;
        while (quick.nanos(PLAN) < Duration.ofMillis(500).toNanos()) {
            quick.observe(PLAN, 2 * quick.nanos(PLAN)); // reached the limit
            failures++;
        }

        assertThat(failures).isLessThanOrEqualTo(10);
    }

    @Test
    void operationsHaveTheirOwn() {
        observe(limits, 10, 10);

        assertThat(Duration.ofNanos(limits.nanos("POST code"))).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aFixedLimitIsTheSameForever() {
        AttemptLimits fixed = new AttemptLimits(AttemptTimeout.fixed(Duration.ofSeconds(7)));
        observe(fixed, 100, 1);

        assertThat(limit(fixed)).isEqualTo(Duration.ofSeconds(7));
    }

    private static Duration limit(AttemptLimits of) {
        return Duration.ofNanos(of.nanos(PLAN));
    }

    private static void observe(AttemptLimits of, int times, int seconds) {
        for (int time = 0; time < times; time++) {
            of.observe(PLAN, Duration.ofSeconds(seconds).toNanos());
        }
    }
}
