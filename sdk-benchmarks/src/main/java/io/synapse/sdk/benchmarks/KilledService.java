package io.synapse.sdk.benchmarks;

import io.synapse.sdk.CircuitBreaker;
import io.synapse.sdk.CircuitOpenException;
import io.synapse.sdk.ClientException;
import io.synapse.sdk.ClientListener;
import io.synapse.sdk.FallbackMark;
import io.synapse.sdk.ServerStatus;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.benchmarks.server.GatewayServer;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.Plan;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import io.synapse.sdk.resilience.StandardResilience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * G4: a gateway, the only one, is killed (wire/gateway.md, section 11, row 1). The circuit breaker has seen nothing but
 * answers before.
 */
final class KilledService implements Benchmark {
    private static final int PRACTICE = 2_000;

    /** The first half is practice too: what is refused takes another way than what was answered before. */
    private static final int REFUSALS = 2_000;

    private static final PlanRequest KNOWN = PlanRequest.of("asked for before");

    @Override
    public String id() {
        return "G4";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Found> http = new ArrayList<>();
        List<Found> grpc = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("G4: killed gateway, round " + round);
            http.add(overHttp(workbench));
            grpc.add(overGrpc(workbench));
        }
        return List.of(row("http", http), row("grpc", grpc));
    }

    /**
     * What was found.
     *
     * @param failedMillis the longest of the attempts that failed
     * @param calls how many calls there were until the circuit was open
     * @param refusedMillis the 99th percentile of the times of calls that were refused then
     * @param isTold whether each failure said that the call did not run, and the fallback was marked
     */
    private record Found(double failedMillis, int calls, double refusedMillis, boolean isTold) {
        boolean isAsDemanded() {
            return failedMillis < 50 && calls <= 5 && refusedMillis < 1 && isTold;
        }
    }

    /** The attempts that failed, in milliseconds. */
    private static final class FailedAttempts implements ClientListener {
        private final List<Double> millis = new CopyOnWriteArrayList<>();

        @Override
        public void attemptFinished(Call call, Attempt attempt) {
            if (attempt.failure().isPresent()) {
                millis.add(attempt.duration().toNanos() / 1e6);
            }
        }
    }

    private static Found overHttp(Workbench workbench) throws IOException, InterruptedException {
        FailedAttempts failed = new FailedAttempts();
        try (ServerProcess gateway = new ServerProcess(workbench.java(GatewayServer.class));
                GatewayClient client = GatewayClient.builder()
                        .baseUrl(LayerCost.httpUrl(gateway))
                        .gatewayToken(Token.VALUE)
                        .listener(failed)
                        .build()) {
            GatewayClient steady = client.with(StandardResilience.create());
            return kill(gateway, steady::createPlan, steady::servers, failed);
        }
    }

    private static Found overGrpc(Workbench workbench) throws IOException, InterruptedException {
        FailedAttempts failed = new FailedAttempts();
        try (ServerProcess gateway = new ServerProcess(workbench.java(GatewayServer.class));
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .address(GatewayService.CLAUDE, LayerCost.grpcAddress(gateway))
                        .token(Token.VALUE)
                        .listener(failed)
                        .build()) {
            GrpcGatewayClient steady = client.with(StandardResilience.create());
            return kill(gateway, steady::createPlan, steady::servers, failed);
        }
    }

    private static Found kill(
            ServerProcess gateway,
            Function<PlanRequest, Plan> client,
            Supplier<List<ServerStatus>> servers,
            FailedAttempts failed)
            throws InterruptedException {
        for (int call = 0; call < PRACTICE; call++) {
            ask(client, KNOWN);
        }
        gateway.kill();
        boolean isTold = true;
        int calls = 0;
        while (!isOpen(servers.get())) {
            isTold &= !failure(client, calls++).mayHaveBeenExecuted();
        }
        List<Double> refused = new ArrayList<>();
        for (int call = 0; call < REFUSALS; call++) {
            long start = System.nanoTime();
            isTold &= failure(client, calls + call) instanceof CircuitOpenException;
            refused.add((System.nanoTime() - start) / 1e6);
        }
        isTold &= FallbackMark.of(ask(client, KNOWN))
                .filter(mark -> mark.source().equals("cache"))
                .isPresent();
        double longest = new Samples(failed.millis).max();
        return new Found(longest, calls, Samples.percentile(refused.subList(REFUSALS / 2, REFUSALS), 0.99), isTold);
    }

    private static boolean isOpen(List<ServerStatus> servers) {
        return servers.stream()
                .anyMatch(server -> server.circuitBreaker()
                        .filter(CircuitBreaker.State.OPEN::equals)
                        .isPresent());
    }

    /** How a call fails whose answer is not in the cache. */
    private static ClientException failure(Function<PlanRequest, Plan> client, int number) {
        try {
            ask(client, PlanRequest.of("new " + number));
        } catch (ClientException e) {
            return e;
        }
        throw new IllegalStateException("a gateway that was killed has answered");
    }

    private static Plan ask(Function<PlanRequest, Plan> client, PlanRequest request) {
        return client.apply(request);
    }

    private Row row(String protocol, List<Found> rounds) {
        String found = String.format(
                Locale.ROOT,
                "attempts failed within %.1f ms; open after %.0f calls; then refused within %.2f ms (p99); %s",
                Samples.of(rounds, Found::failedMillis).max(),
                Samples.of(rounds, Found::calls).max(),
                Samples.of(rounds, Found::refusedMillis).max(),
                rounds.stream().allMatch(Found::isTold) ? "not run, fallback marked" : "**wrongly told**");
        return new Finding(
                id(),
                "the only gateway is killed, " + protocol,
                "embedded gateway",
                found,
                "< 50 ms; ≤ 5 calls; < 1 ms; marked",
                rounds.stream().allMatch(Found::isAsDemanded));
    }
}
