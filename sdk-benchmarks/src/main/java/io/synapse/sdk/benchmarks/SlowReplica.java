package io.synapse.sdk.benchmarks;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.LoadBalancing;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.gateway.GatewayClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * G1: calls of three replicas, one of which is ten times slower (wire/gateway.md, section 11, row 6): 120 calls a second
 * that arrive at random, of 50 ms, eight at a time at each. What is compared is the 99th percentile of their times, from
 * their arrival on.
 */
final class SlowReplica implements Benchmark {
    private static final int CALLS_A_SECOND = 120;
    private static final int MEAN_MILLIS = 50;
    private static final Endpoint<String> WORK = Endpoint.get("work", ResponseType.text());
    private static final Endpoint<String> REQUESTS = Endpoint.get("requests", ResponseType.text());

    @Override
    public String id() {
        return "G1";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Double> healthy = new ArrayList<>();
        Map<LoadBalancing, List<Double>> withSlow = new EnumMap<>(LoadBalancing.class);
        List<Double> shares = new ArrayList<>();
        for (int round = 1; round <= workbench.options().rounds(); round++) {
            workbench.progress("G1: round " + round);
            try (ServerProcess a = replica(MEAN_MILLIS, workbench);
                    ServerProcess b = replica(MEAN_MILLIS, workbench);
                    ServerProcess slow = replica(10 * MEAN_MILLIS, workbench)) {
                healthy.add(measure(LoadBalancing.LEAST_RESPONSE_TIME, workbench, a, b)
                        .p99());
                for (LoadBalancing policy : LoadBalancing.values()) {
                    Measured measured = measure(policy, workbench, a, b, slow);
                    withSlow.computeIfAbsent(policy, any -> new ArrayList<>()).add(measured.p99());
                    if (policy == LoadBalancing.LEAST_RESPONSE_TIME) {
                        shares.add(measured.shareOfLast());
                    }
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        withSlow.forEach((policy, times) -> rows.add(new Comparison(
                id(),
                "p99, one of three replicas 10x slower, " + policy.name().toLowerCase(Locale.ROOT),
                "replicas",
                "the healthy two alone, least_response_time",
                Unit.MILLISECONDS,
                new Samples(times),
                new Samples(healthy),
                policy == LoadBalancing.LEAST_RESPONSE_TIME ? Target.atMost(1.5) : Target.NONE)));
        rows.add(share(shares));
        workbench.progress("G1: the picture of these figures:\n"
                + new BarChart("99th percentile of calls, one of three replicas ten times slower, in ms")
                        .bar("the healthy two alone", new Samples(healthy).median())
                        .bars(withSlow.entrySet().stream()
                                .collect(Collectors.toMap(
                                        entry -> entry.getKey()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', ' '),
                                        entry -> new Samples(entry.getValue()).median(),
                                        (one, other) -> one,
                                        java.util.LinkedHashMap::new)))
                        .svg());
        return rows;
    }

    private Row share(List<Double> shares) {
        Samples each = new Samples(shares);
        String found =
                String.format(Locale.ROOT, "%.2f %% of the calls (up to %.2f)", 100 * each.median(), 100 * each.max());
        boolean met = each.max() <= 0.01 && each.min() > 0;
        return new Finding(
                id(),
                "what the slow replica gets by least response time",
                "replicas",
                found,
                "above 0, at most 1 %",
                met);
    }

    private static int calls(Workbench workbench) {
        return CALLS_A_SECOND * workbench.options().seconds() / 3;
    }

    private static ServerProcess replica(int meanMillis, Workbench workbench) throws IOException {
        return new ServerProcess(workbench.java(Replica.class, Integer.toString(meanMillis), "42"));
    }

    private static int requests(ServerProcess replica) {
        try (GatewayClient client =
                GatewayClient.builder().baseUrl(replica.url()).build()) {
            return Integer.parseInt(client.perform(REQUESTS));
        }
    }

    /**
     * What was measured of some replicas.
     *
     * @param p99 the 99th percentile of the calls' times, in milliseconds
     * @param shareOfLast which part of the calls the last replica got
     */
    private record Measured(double p99, double shareOfLast) {}

    private static Measured measure(LoadBalancing policy, Workbench workbench, ServerProcess... replicas)
            throws InterruptedException {
        String[] urls = List.of(replicas).stream().map(ServerProcess::url).toArray(String[]::new);
        ServerProcess last = replicas[replicas.length - 1];
        try (GatewayClient client =
                GatewayClient.builder().baseUrls(urls).loadBalancing(policy).build()) {
            load(client, CALLS_A_SECOND * 2, new Random(1)); // practice
            int before = requests(last);
            List<Double> times = load(client, calls(workbench), new Random(2));
            double share = (requests(last) - before) / (double) times.size();
            return new Measured(Samples.percentile(times, 0.99), share);
        }
    }

    /** The times of calls, of which none may fail. */
    private static List<Double> load(GatewayClient client, int calls, Random random) throws InterruptedException {
        ArrivingCalls load = ArrivingCalls.perform(CALLS_A_SECOND, calls, random, () -> client.perform(WORK));
        load.failed().all().stream()
                .flatMap(each -> each.failure().stream())
                .findFirst()
                .ifPresent(failure -> {
                    throw failure;
                });
        return load.all().stream().map(ArrivingCalls.Ended::millis).toList();
    }
}
