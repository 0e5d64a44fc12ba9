package io.synapse.sdk.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.synapse.sdk.CircuitBreaker;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whatever the load, a circuit is never half-open for ever once all its permissions have had their result. */
class AttackBreakerTest {
    /**
     * Resilience4j sets the state first and tells of it afterwards. Here another request asks in between: it has a
     * permission of the half-open state, and the number of the state before.
     */
    @Test
    void aPermissionThatIsGivenWhileTheCircuitBecomesHalfOpenIsNotLost() throws Exception {
        CircuitBreaker breaker = CircuitBreakers.standard()
                .openTime(Duration.ofMillis(50))
                .trialRequests(3)
                .create("s");
        for (int call = 0; call < 5; call++) {
            breaker.tryAcquire().orElseThrow().onFailure(Duration.ZERO);
        }
        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.OPEN);
        AtomicReference<Optional<CircuitBreaker.Permission>> between = new AtomicReference<>(Optional.empty());
        beforeItIsTold(breaker, () -> between.set(breaker.tryAcquire()));
        Thread.sleep(60);

        Optional<CircuitBreaker.Permission> first = breaker.tryAcquire();
        assertThat(first).isPresent();
        assertThat(between.get()).isPresent();
        first.get().onSuccess(Duration.ZERO);
        between.get().get().onSuccess(Duration.ZERO);
        for (int more = 0; more < 20; more++) {
            breaker.tryAcquire().ifPresent(each -> each.onSuccess(Duration.ZERO));
        }
        Thread.sleep(500);
        System.out.println(
                breaker.state() + ", gives permissions: " + breaker.tryAcquire().isPresent());

        assertThat(breaker.state()).isEqualTo(CircuitBreaker.State.CLOSED);
    }

    /** Runs once, on the thread that changes the state, after the change and before the SDK counts it. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void beforeItIsTold(CircuitBreaker breaker, Runnable action) throws Exception {
        Object library = field(breaker.getClass(), breaker, "breaker");
        Object processor = library.getClass().getMethod("getEventPublisher").invoke(library);
        Map<Object, Set> consumers =
                (Map<Object, Set>) field(processor.getClass().getSuperclass(), processor, "eventConsumerMap");
        consumers.replaceAll((event, known) -> {
            Set ordered = new LinkedHashSet();
            ordered.add((io.github.resilience4j.core.EventConsumer<Object>) told -> action.run());
            ordered.addAll(known);
            return ordered;
        });
    }

    private static Object field(Class<?> type, Object of, String name) throws Exception {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
