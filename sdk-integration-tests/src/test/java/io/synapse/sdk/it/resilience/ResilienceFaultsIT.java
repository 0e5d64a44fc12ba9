package io.synapse.sdk.it.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.synapse.sdk.AttemptTimeout;
import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.RequestTimeoutException;
import io.synapse.sdk.Resilience;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryBudget;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.resilience.CircuitBreakers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rows of the fault matrix that are about calls, with services as processes. */
@Timeout(120)
class ResilienceFaultsIT {
    private static final Endpoint<String> QUESTION =
            Endpoint.post("work", ResponseType.text()).idempotent();
    private static final Endpoint<String> COMMAND = Endpoint.post("work", ResponseType.text());
    private static final RetryPolicy QUICK =
            RetryPolicy.DEFAULT.initialDelay(Duration.ofMillis(10)).maxDelay(Duration.ofMillis(50));
    private static final CircuitBreakers BREAKERS = CircuitBreakers.standard().openTime(Duration.ofMillis(500));

    /** Row 1. */
    @Test
    void aKilledServiceOpensTheCircuitAfterFiveAttempts() throws Exception {
        try (Replica replica = Replica.start();
                GatewayClient client = client(replica)) {
            GatewayClient steady = client.with(Resilience.NONE.circuitBreaker(CircuitBreakers.standard()));
            assertThat(steady.perform(QUESTION)).isEqualTo("done");
            replica.kill();

            int failed = 0;
            int refused = 0;
            while (refused == 0) {
                ClientException failure = catchThrowableOfType(ClientException.class, () -> steady.perform(COMMAND));
                failed += failure.attempts();
                refused += failure instanceof CircuitOpenException ? 1 : 0;
                assertThat(failure.mayHaveBeenExecuted()).isFalse();
                assertThat(failure.statusCode()).isEqualTo(503);
            }

            assertThat(failed).isLessThanOrEqualTo(5);
            assertThat(steady.servers().get(0).circuitBreaker()).hasValue(CircuitBreaker.State.OPEN);
        }
    }

    /** Row 2. */
    @Test
    void aStoppedServiceCostsNoMoreThanItsLimits() throws Exception {
        try (Replica replica = Replica.start();
                GatewayClient client = client(replica)) {
            GatewayClient steady = client.with(Resilience.NONE
                    .attemptTimeout(AttemptTimeout.fixed(Duration.ofMillis(300)))
                    .deadline(Duration.ofSeconds(1)));
            assertThat(steady.perform(QUESTION)).isEqualTo("done");
            replica.pause();

            long start = System.nanoTime();
            RequestTimeoutException command =
                    catchThrowableOfType(RequestTimeoutException.class, () -> steady.perform(COMMAND));
            Duration once = Duration.ofNanos(System.nanoTime() - start);
            start = System.nanoTime();
            RequestTimeoutException question =
                    catchThrowableOfType(RequestTimeoutException.class, () -> steady.perform(QUESTION));
            Duration all = Duration.ofNanos(System.nanoTime() - start);

            assertThat(command.kind()).isEqualTo(RequestTimeoutException.Kind.ATTEMPT);
            assertThat(command.attempts()).isEqualTo(1);
            assertThat(command.mayHaveBeenExecuted()).isTrue();
            assertThat(once).isBetween(Duration.ofMillis(300), Duration.ofMillis(900)); // a busy machine is late
            assertThat(question.attempts()).isGreaterThan(2);
            assertThat(question.mayHaveBeenExecuted()).isTrue();
            assertThat(all).isLessThan(Duration.ofMillis(1_900));

            replica.resume();
            await().until(() -> steady.servers().get(0).inFlight() == 0);
            await().ignoreExceptions().until(() -> steady.perform(QUESTION).equals("done"));
        }
    }

    /** Row 3: nothing waits for the old limit for ever. */
    @Test
    void theLimitOfAttemptsFollowsAServiceThatBecameSlower() throws Exception {
        try (Replica replica = Replica.start();
                GatewayClient client = client(replica)) {
            GatewayClient steady = client.with(
                    Resilience.NONE.attemptTimeout(AttemptTimeout.adaptive().min(Duration.ofMillis(10))));
            replica.millis(10);
            for (int call = 0; call < 100; call++) {
                assertThat(steady.perform(QUESTION)).isEqualTo("done");
            }
            replica.millis(100);

            GatewayClient once = steady.withOptions(options -> options.retryPolicy(RetryPolicy.NEVER));
            int late = 0;
            for (int call = 0; call < 15; call++) {
                try {
                    once.perform(QUESTION);
                } catch (RequestTimeoutException e) {
                    late++;
                }
            }

            assertThat(late).isLessThanOrEqualTo(12);
            assertThat(once.perform(QUESTION)).isEqualTo("done");
        }
    }

    /** Row 4. */
    @Test
    void aFlappingServiceGetsNoMoreRetriesThanTheBudget() throws Exception {
        try (Replica replica = Replica.start();
                GatewayClient client = client(replica)) {
            GatewayClient steady =
                    client.with(Resilience.NONE.retryBudget(RetryBudget.DEFAULT).circuitBreaker(BREAKERS));
            int calls = 0;
            for (int flap = 0; flap < 6; flap++) {
                replica.status(flap % 2 == 0 ? 503 : 200);
                for (int call = 0; call < 100; call++) {
                    calls++;
                    isOpen(steady);
                }
                calls += callsUntilClosed(steady);
            }

            assertThat(replica.requests()).isLessThanOrEqualTo((int) (calls * 1.2 + 10));
            assertThat(steady.servers().get(0).inFlight()).isZero();
        }
    }

    private static int callsUntilClosed(GatewayClient client) {
        AtomicInteger calls = new AtomicInteger();
        await().until(() -> {
            calls.incrementAndGet();
            return !isOpen(client);
        });
        return calls.get();
    }

    /** Makes a call; whether it was refused. */
    private static boolean isOpen(GatewayClient client) {
        try {
            client.perform(QUESTION);
            return false;
        } catch (CircuitOpenException e) {
            return true;
        } catch (ClientException e) {
            return false;
        }
    }

    /** Row 5. */
    @Test
    void aServiceThatRecoversGetsThreeTrialsWhateverTheLoad() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (Replica replica = Replica.start();
                GatewayClient client = client(replica)) {
            GatewayClient steady = client.with(Resilience.NONE
                    .circuitBreaker(BREAKERS)
                    .attemptTimeout(AttemptTimeout.fixed(Duration.ofSeconds(5))));
            replica.status(503);
            while (!isOpen(steady)) {
                // until it opens
            }
            int before = replica.requests();
            replica.status(200);
            replica.millis(1_500); // the trials take a while, during which all others are refused
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger done = new AtomicInteger();
            List<Future<?>> load = new ArrayList<>();
            for (int thread = 0; thread < 32; thread++) {
                load.add(threads.submit(() -> {
                    while (!over.get()) {
                        try {
                            steady.perform(COMMAND);
                            done.incrementAndGet();
                        } catch (CircuitOpenException e) {
                            Thread.onSpinWait();
                        }
                    }
                }));
            }
            await().pollInterval(Duration.ofMillis(20)).until(() -> replica.requests() > before);
            assertThat(done).hasValue(0);
            assertThat(replica.requests() - before).isLessThanOrEqualTo(3);

            await().atMost(Duration.ofSeconds(5))
                    .until(() -> steady.servers().get(0).circuitBreaker().orElseThrow() == CircuitBreaker.State.CLOSED);
            over.set(true);
            for (Future<?> each : load) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Row 6, as counts, which a machine with other work doubles; the times are a benchmark. */
    @Test
    void aSlowReplicaGetsFewCallsUntilItIsFastAgain() throws Exception {
        try (Replica a = Replica.start();
                Replica b = Replica.start();
                Replica slow = Replica.start();
                GatewayClient client = GatewayClient.builder()
                        .baseUrls(a.url(), b.url(), slow.url())
                        .loadBalancing(LoadBalancing.LEAST_RESPONSE_TIME)
                        .build()) {
            a.millis(20);
            b.millis(20);
            slow.millis(200);
            call(client, 100); // each is known now
            int before = slow.requests();

            call(client, 1_500);

            assertThat(slow.requests() - before).isBetween(1, 30);
            slow.millis(20);
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                int start = slow.requests();
                call(client, 300);
                return slow.requests() - start > 70;
            });
        }
    }

    /** Row 7. */
    @Test
    void aKilledReplicaCostsNoCallAndIsUsedAgain() throws Exception {
        try (Replica a = Replica.start();
                Replica b = Replica.start();
                Replica c = Replica.start();
                GatewayClient client = GatewayClient.builder()
                        .baseUrls(a.url(), b.url(), c.url())
                        .retryPolicy(QUICK.maxAttempts(2))
                        .build()) {
            call(client, 30);
            c.kill();

            call(client, 600);

            assertThat(client.servers()).extracting(ServerStatus::healthy).containsExactly(true, true, false);
            c.restart();
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                call(client, 10);
                return c.requests() > 0;
            });
            assertThat(client.servers()).extracting(ServerStatus::healthy).containsExactly(true, true, true);
        }
    }

    /** Row 14. */
    @Test
    void aHundredClientsOfAServiceThatIsDownMakeNoStorm() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (Replica replica = Replica.start()) {
            replica.status(503);
            List<Future<?>> clients = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                clients.add(threads.submit(() -> {
                    try (GatewayClient client = client(replica)) {
                        GatewayClient steady = client.with(Resilience.NONE.retryBudget(RetryBudget.DEFAULT));
                        for (int call = 0; call < 30; call++) {
                            assertThatThrownBy(() -> steady.perform(QUESTION)).isInstanceOf(ClientException.class);
                        }
                    }
                }));
            }
            for (Future<?> each : clients) {
                each.get();
            }

            assertThat(replica.requests()).isBetween(3_001, (int) (1.2 * 3_000 + 10 * 100));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Some at a time; none may fail. */
    private static void call(GatewayClient client, int calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<String>> results = new ArrayList<>();
            for (int call = 0; call < calls; call++) {
                results.add(threads.submit(() -> client.perform(QUESTION)));
            }
            for (Future<String> each : results) {
                assertThat(each.get()).isEqualTo("done");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static GatewayClient client(Replica replica) {
        return GatewayClient.builder().baseUrl(replica.url()).retryPolicy(QUICK).build();
    }
}
