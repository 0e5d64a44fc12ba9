package io.synapse.sdk.benchmarks;

import io.synapse.sdk.ClientException;
import io.synapse.sdk.RateLimitException;
import io.synapse.sdk.RetryPolicy;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.benchmarks.server.GatewayServer;
import io.synapse.sdk.gateway.GatewayClient;
import io.synapse.sdk.gateway.PlanRequest;
import io.synapse.sdk.gateway.grpc.GatewayService;
import io.synapse.sdk.gateway.grpc.GrpcGatewayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * G4: a gateway gets ten times as many calls as it can do (wire/gateway.md, section 11, row 12): plans of 100 ms, eight at
 * a time, and four that wait, so that a call that is taken on takes one and a half times its time. Before and after that,
 * half of what it can do.
 */
final class Overload implements Benchmark {
    private static final int MILLIS = 100;
    private static final int AT_A_TIME = 8;
    private static final int QUEUED = AT_A_TIME / 2;
    private static final int CAPACITY = AT_A_TIME * 1_000 / MILLIS;
    private static final double MOST_BYTES_MORE = 5e6;
    private static final double MOST_SECONDS_TO_RECOVER = 5;
    private static final PlanRequest PLAN = PlanRequest.of("a todo app");

    @Override
    public String id() {
        return "G4";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Found> http = new ArrayList<>();
        List<Found> grpc = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("G4: overload, round " + round);
            http.add(overHttp(workbench));
            grpc.add(overGrpc(workbench));
        }
        return List.of(row("http", http), row("grpc", grpc));
    }

    private static Found overHttp(Workbench workbench) throws IOException, InterruptedException {
        try (ServerProcess gateway = gateway(workbench);
                GatewayClient client = GatewayClient.builder()
                        .baseUrl(LayerCost.httpUrl(gateway))
                        .gatewayToken(Token.VALUE)
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            return measure(workbench, gateway, () -> client.createPlan(PLAN));
        }
    }

    private static Found overGrpc(Workbench workbench) throws IOException, InterruptedException {
        try (ServerProcess gateway = gateway(workbench);
                GrpcGatewayClient client = GrpcGatewayClient.builder()
                        .address(GatewayService.CLAUDE, LayerCost.grpcAddress(gateway))
                        .token(Token.VALUE)
                        .maxInFlight(1_000)
                        .retryPolicy(RetryPolicy.NEVER)
                        .build()) {
            return measure(workbench, gateway, () -> client.createPlan(PLAN));
        }
    }

    private static ServerProcess gateway(Workbench workbench) throws IOException {
        return new ServerProcess(workbench.java(
                GatewayServer.class, Integer.toString(AT_A_TIME), Integer.toString(QUEUED), Integer.toString(MILLIS)));
    }

    /**
     * What was found.
     *
     * @param normal the 99th percentile of a call at half of the load that the gateway can do, in milliseconds
     * @param accepted that of the calls that were taken on under overload
     * @param refused that of the others
     * @param isTold whether each of the others was told when to come again
     * @param bytesMore how much more the gateway's heap holds after it
     * @param secondsToRecover when the last call arrived after it that was refused or took more than twice as long
     */
    private record Found(
            double normal, double accepted, double refused, boolean isTold, double bytesMore, double secondsToRecover) {
        boolean isAsDemanded() {
            return refused < 50
                    && isTold
                    && accepted <= 2 * normal
                    && bytesMore <= MOST_BYTES_MORE
                    && secondsToRecover <= MOST_SECONDS_TO_RECOVER;
        }
    }

    private static Found measure(Workbench workbench, ServerProcess gateway, Runnable call)
            throws IOException, InterruptedException {
        int seconds = Math.max(1, workbench.options().seconds() / 6);
        load(10 * CAPACITY, 1, call); // practice, and all connections that there will be
        double normal = load(CAPACITY / 2, seconds, call).answered().p99();
        long before = gateway.liveHeapBytes();
        ArrivingCalls overload = load(10 * CAPACITY, seconds, call);
        long end = System.nanoTime();
        ArrivingCalls after = load(CAPACITY / 2, seconds, call);
        double bytesMore = gateway.liveHeapBytes() - before;
        double recovered = after.all().stream()
                .filter(each -> !each.isAnswered() || each.millis() > 2 * normal)
                .mapToDouble(each -> (each.arrival() - end) / 1e9)
                .max()
                .orElse(0);
        ArrivingCalls refused = overload.failed();
        boolean isTold = refused.all().stream()
                .allMatch(each -> each.failure().filter(Overload::isTold).isPresent());
        return new Found(normal, overload.answered().p99(), refused.p99(), isTold, bytesMore, recovered);
    }

    private static ArrivingCalls load(int perSecond, int seconds, Runnable call) throws InterruptedException {
        return ArrivingCalls.perform(perSecond, perSecond * seconds, new Random(4), call);
    }

    private static boolean isTold(ClientException failure) {
        return failure instanceof RateLimitException limit && limit.retryAfter().isPresent();
    }

    private Row row(String protocol, List<Found> rounds) {
        String found = String.format(
                Locale.ROOT,
                "refused within %.0f ms (p99), %s; p99 of the others %.0f ms, %.0f ms before; heap %+.1f MB;"
                        + " as before after %.1f s",
                Samples.of(rounds, Found::refused).max(),
                rounds.stream().allMatch(Found::isTold) ? "told when to come again" : "**not told when to come again**",
                Samples.of(rounds, Found::accepted).median(),
                Samples.of(rounds, Found::normal).median(),
                Samples.of(rounds, Found::bytesMore).max() / 1e6,
                Samples.of(rounds, Found::secondsToRecover).max());
        return new Finding(
                id(),
                "ten times as many calls as it can do, " + protocol,
                "embedded gateway",
                found,
                "< 50 ms; Retry-After; ≤ 2x; heap flat; ≤ 5 s",
                rounds.stream().allMatch(Found::isAsDemanded));
    }
}
