package io.synapse.sdk.benchmarks;

import io.synapse.sdk.ClientListener;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.gateway.GatewayClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * G4: one of three replicas is killed and started again under load (wire/gateway.md, section 11, row 7): calls that arrive
 * at random, with one retry each.
 */
final class KilledReplica implements Benchmark {
    private static final int CALLS_A_SECOND = 120;
    private static final String MEAN_MILLIS = "20";

    /** A replica that failed is tried again a second later; then it takes a call until it is tried. */
    private static final double MOST_MILLIS_UNTIL_USED = 1_100;

    private static final Endpoint<String> WORK = Endpoint.get("work", ResponseType.text());
    private static final Endpoint<String> REQUESTS = Endpoint.get("requests", ResponseType.text());

    @Override
    public String id() {
        return "G4";
    }

    /**
     * What was found.
     *
     * @param errors how many calls failed
     * @param failedAttempts how many attempts did
     * @param millisUntilUsed how long the replica was back before it got a call
     */
    private record Found(int errors, int failedAttempts, double millisUntilUsed) {}

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Found> rounds = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("G4: killed replica, round " + round);
            rounds.add(measure(workbench));
        }
        Samples untilUsed = Samples.of(rounds, Found::millisUntilUsed);
        Samples errors = Samples.of(rounds, Found::errors);
        String found = String.format(
                Locale.ROOT,
                "%.0f calls failed, %.0f attempts (up to %.0f); used again %,.0f ms after its start (up to %,.0f)",
                errors.max(),
                Samples.of(rounds, Found::failedAttempts).median(),
                Samples.of(rounds, Found::failedAttempts).max(),
                untilUsed.median(),
                untilUsed.max());
        return List.of(new Finding(
                id(),
                "one of three replicas is killed and started again",
                "replicas",
                found,
                "no call fails; ≤ 1 s and a probe",
                errors.max() == 0 && untilUsed.max() <= MOST_MILLIS_UNTIL_USED));
    }

    private static Found measure(Workbench workbench) throws IOException, InterruptedException {
        int pause = Math.max(1, workbench.options().seconds() / 6);
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger failedAttempts = new AtomicInteger();
        ClientListener listener = new ClientListener() {
            @Override
            public void attemptFinished(Call call, Attempt attempt) {
                failedAttempts.addAndGet(attempt.failure().isPresent() ? 1 : 0);
            }
        };
        ExecutorService load = Executors.newSingleThreadExecutor();
        try (ServerProcess a = replica(workbench, 0);
                ServerProcess b = replica(workbench, 0);
                ServerProcess victim = replica(workbench, 0);
                GatewayClient client = GatewayClient.builder()
                        .baseUrls(a.url(), b.url(), victim.url())
                        .retryPolicy(RetryPolicy.DEFAULT.maxAttempts(2))
                        .listener(listener)
                        .build()) {
            Future<ArrivingCalls> calls = load.submit(() -> ArrivingCalls.performWhile(
                    any -> !over.get(), CALLS_A_SECOND, new Random(3), () -> client.perform(WORK)));
            TimeUnit.SECONDS.sleep(pause);
            victim.kill();
            TimeUnit.SECONDS.sleep(pause);
            try (ServerProcess again =
                    replica(workbench, URI.create(victim.url()).getPort())) {
                double millis = millisUntilUsed(again);
                over.set(true);
                int errors = calls.get().failed().all().size();
                return new Found(errors, failedAttempts.get(), millis);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            over.set(true);
            load.shutdownNow();
        }
    }

    /** Looks for half a minute at most. */
    private static double millisUntilUsed(ServerProcess replica) throws InterruptedException {
        long start = System.nanoTime();
        try (GatewayClient client =
                GatewayClient.builder().baseUrl(replica.url()).build()) {
            long end = start + TimeUnit.SECONDS.toNanos(30);
            while (client.perform(REQUESTS).equals("0") && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static ServerProcess replica(Workbench workbench, int port) throws IOException {
        return new ServerProcess(workbench.java(Replica.class, MEAN_MILLIS, "42", Integer.toString(port)));
    }
}
