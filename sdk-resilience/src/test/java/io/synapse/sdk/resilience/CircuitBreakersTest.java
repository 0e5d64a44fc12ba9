package io.synapse.sdk.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.CircuitBreaker.Permission;
import io.synapse.sdk.CircuitBreaker.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** When circuits open and close, on a clock of the test. */
class CircuitBreakersTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final SetClock clock = new SetClock();
    private final CircuitBreaker breaker = CircuitBreakers.standard().create("server", clock);

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void fiveFailuresOpenIt() {
        for (int request = 1; request <= 5; request++) {
            assertThat(breaker.state()).isEqualTo(State.CLOSED);
            fail();
        }

        assertThat(breaker.state()).isEqualTo(State.OPEN);
        assertThat(breaker.tryAcquire()).isEmpty();
    }

    @Test
    void fewerThanHalfOfTheLastTwentyDoNot() {
        for (int request = 0; request < 100; request++) {
            if (request % 20 < 11) {
                succeed();
            } else {
                fail();
            }
            assertThat(breaker.state()).isEqualTo(State.CLOSED);
        }
    }

    @Test
    void afterItsTimeThreeRequestsAreOnTrialAndNoMore() {
        open();
        clock.now = clock.now.plusSeconds(29);
        assertThat(breaker.tryAcquire()).isEmpty();
        clock.now = clock.now.plusSeconds(2);

        List<Permission> trials = acquire(100);

        assertThat(trials).hasSize(3);
        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        trials.forEach(each -> each.onSuccess(MOMENT));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void twoFailuresOfThreeOnTrialOpenItAgainAndOneDoesNot() {
        open();
        clock.now = clock.now.plusSeconds(31);
        List<Permission> trials = acquire(3);
        trials.get(0).onFailure(MOMENT);
        trials.get(1).onSuccess(MOMENT);
        trials.get(2).onFailure(MOMENT);
        assertThat(breaker.state()).isEqualTo(State.OPEN);

        clock.now = clock.now.plusSeconds(31);
        trials = acquire(3);
        trials.get(0).onFailure(MOMENT);
        trials.get(1).onSuccess(MOMENT);
        trials.get(2).onSuccess(MOMENT);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    /** A permission that is given back is another's: the half-open state is never left without any. */
    @Test
    void releasedTrialsAreGivenToOthers() {
        open();
        clock.now = clock.now.plusSeconds(31);
        for (int round = 0; round < 50; round++) {
            List<Permission> trials = acquire(100);
            assertThat(trials).hasSize(3);
            trials.forEach(Permission::release);
        }

        acquire(3).forEach(each -> each.onSuccess(MOMENT));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    /** What was sent before it opened has a result, or none, long after. */
    @Test
    void resultsOfAnEarlierStateDoNotCount() {
        List<Permission> before = acquire(10);
        open();
        before.subList(0, 3).forEach(each -> each.onFailure(MOMENT));
        clock.now = clock.now.plusSeconds(31);
        List<Permission> trials = acquire(1);

        before.subList(3, 6).forEach(each -> each.onFailure(MOMENT));
        before.subList(6, 9).forEach(Permission::release);

        assertThat(breaker.state()).isEqualTo(State.HALF_OPEN);
        trials.addAll(acquire(100));
        assertThat(trials).hasSize(3);
        trials.forEach(each -> each.onSuccess(MOMENT));
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
        before.get(9).onFailure(MOMENT);
        assertThat(breaker.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void neverMoreThanThreeAreOnTrialWhateverTheLoad() throws Exception {
        open();
        clock.now = clock.now.plusSeconds(31);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int task = 0; task < 8; task++) {
                tasks.add(() -> acquire(1_000).size());
            }
            int all = 0;
            for (Future<Integer> each : threads.invokeAll(tasks)) {
                all += each.get();
            }

            assertThat(all).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void thereIsNoThread() {
        open();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("CircuitBreaker"));
    }

    @Test
    void badValuesAreRefused() {
        CircuitBreakers standard = CircuitBreakers.standard();

        assertThatThrownBy(() -> standard.window(0)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> standard.minimumRequests(10_001)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> standard.failureRate(0)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> standard.failureRate(Double.NaN)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> standard.openTime(Duration.ZERO)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> standard.trialRequests(0)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> InMemoryFallbackCache.of(0, MOMENT)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> InMemoryFallbackCache.of(1, Duration.ZERO)).isInstanceOf(BadRequestException.class);
    }

    private void open() {
        for (int request = 0; request < 20; request++) {
            breaker.tryAcquire().ifPresent(each -> each.onFailure(MOMENT));
        }
        assertThat(breaker.state()).isEqualTo(State.OPEN);
    }

    private void fail() {
        breaker.tryAcquire().orElseThrow().onFailure(MOMENT);
    }

    private void succeed() {
        breaker.tryAcquire().orElseThrow().onSuccess(MOMENT);
    }

    private List<Permission> acquire(int times) {
        List<Permission> acquired = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            breaker.tryAcquire().ifPresent(acquired::add);
        }
        return acquired;
    }
}
