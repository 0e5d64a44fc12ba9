package io.synapse.sdk.experiments.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.synapse.sdk.experiments.internal.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerChecksTest {
    private static final WorkerChecks.Answer RIGHT = new WorkerChecks.Answer(0, "");

    @Test
    void eachWorkerIsToldOfItsOwnChecksUntilTheyAreAnswered() {
        WorkerChecks checks = new WorkerChecks(Duration.ofMinutes(1));
        CompletableFuture<Optional<WorkerChecks.Answer>> one = checks.ask("w1", "a: 1");
        CompletableFuture<Optional<WorkerChecks.Answer>> two = checks.ask("w1", "a: 2");
        assertThat(checks.of("w2")).isEmpty();
        assertThat(checks.of("w1")).hasSize(2);

        String id = checks.of("w1").stream()
                .filter(each -> checks.config(each).equals("a: 2"))
                .findFirst()
                .orElseThrow();
        checks.answer(id, RIGHT);

        assertThat(two).isCompletedWithValue(Optional.of(RIGHT));
        assertThat(one).isNotDone();
        assertThat(checks.of("w1")).hasSize(1).doesNotContain(id);
        assertNobodyWaits(checks, id);
    }

    @Test
    void whatIsNotAnsweredInTimeIsForgotten() {
        WorkerChecks checks = new WorkerChecks(Duration.ofMillis(20));
        CompletableFuture<Optional<WorkerChecks.Answer>> asked = checks.ask("w1", "a: 1");

        assertThat(asked.join()).isEmpty();
        assertThat(checks.of("w1")).isEmpty();
    }

    @Test
    void tooManyAtATimeAreRefused() {
        WorkerChecks checks = new WorkerChecks(Duration.ofMinutes(1));
        for (int count = 0; count < 100; count++) {
            checks.ask("w" + count, "a: 1");
        }
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> checks.ask("w1", "a: 1"))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(503));

        checks.answer(checks.of("w7").get(0), RIGHT);
        assertThat(checks.ask("w1", "a: 1")).isNotDone();
    }

    @Test
    void theErrorIsTheLastLineThatSaysSomething() {
        assertThat(RIGHT.problem("w1")).isEmpty();
        assertThat(new WorkerChecks.Answer(0, "done\n").problem("w1")).isEmpty();
        assertThat(new WorkerChecks.Answer(1, "a\nValueError: b\n\n").problem("w1"))
                .contains(new ConfigProblem("", 1, "w1: ValueError: b"));
        assertThat(new WorkerChecks.Answer(9, " \n").problem("w1"))
                .contains(new ConfigProblem("", 1, "w1: the check ended with 9"));
    }

    private static void assertNobodyWaits(WorkerChecks checks, String id) {
        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> checks.config(id))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(404));
        assertThatExceptionOfType(Failure.class).isThrownBy(() -> checks.answer(id, RIGHT));
    }
}
