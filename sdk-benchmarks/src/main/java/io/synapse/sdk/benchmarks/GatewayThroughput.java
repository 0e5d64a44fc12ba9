package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.contender.gateway.LoadPlans;
import io.synapse.sdk.benchmarks.server.FastGrpcServer;
import io.synapse.sdk.benchmarks.server.GatewayServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * G3: how many calls a second an embedded gateway answers, whose load comes from another process on the same machine. The
 * processor time that the gateway itself spends on a call tells what it could answer if the load came from elsewhere.
 */
final class GatewayThroughput implements Benchmark {
    private static final double TARGET = 10_000;

    /** Fewer than a service of a gateway takes on: none is refused. */
    private static final String AT_A_TIME = "64";

    @Override
    public String id() {
        return "G3";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (ServerProcess gateway = new ServerProcess(workbench.java(GatewayServer.class))) {
            String grpc = LayerCost.grpcAddress(gateway);
            String http = LayerCost.httpUrl(gateway);
            rows.add(finding("gRPC, load by grpc-java", measure(workbench, gateway, "grpc async", grpc), TARGET));
            rows.add(finding("gRPC, load by the SDK", measure(workbench, gateway, "grpc client", grpc), 0));
            rows.add(finding("HTTP, load by the SDK", measure(workbench, gateway, "http client", http), TARGET));
        }
        try (ServerProcess bare = new ServerProcess(workbench.java(FastGrpcServer.class))) {
            List<Load> loads = measure(workbench, bare, "grpc async", bare.url());
            rows.add(finding("gRPC, load by grpc-java, of a bare grpc-java server", loads, 0));
        }
        return rows;
    }

    /**
     * What was measured.
     *
     * @param callsPerSecond how many came
     * @param serverMicros the processor time of the server for each
     */
    private record Load(double callsPerSecond, double serverMicros) {}

    private List<Load> measure(Workbench workbench, ServerProcess server, String way, String address)
            throws IOException, InterruptedException {
        Workbench.Options options = workbench.options();
        List<Load> all = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            workbench.progress("G3: " + way + ", round " + round);
            Duration[] before = {Duration.ZERO};
            Program.Output output = new Program(workbench.java(
                            LoadPlans.class,
                            way,
                            address,
                            AT_A_TIME,
                            Integer.toString(options.jmhWarmUp()),
                            Integer.toString(options.jmhSeconds())))
                    .run(name -> {
                        if (name.equals("measuring")) {
                            before[0] = server.processorTime();
                        }
                    });
            Duration spent = server.processorTime().minus(before[0]);
            all.add(new Load(output.value("calls_per_second"), spent.toNanos() / 1e3 / output.value("calls")));
        }
        return all;
    }

    private Row finding(String work, List<Load> loads, double target) {
        Samples calls = Samples.of(loads, Load::callsPerSecond);
        String found = String.format(
                Locale.ROOT,
                "%,.0f calls/s (%,.0f–%,.0f); %.0f µs of processor time of the server a call",
                calls.median(),
                calls.min(),
                calls.max(),
                Samples.of(loads, Load::serverMicros).median());
        String demand = target == 0 ? "" : String.format(Locale.ROOT, "≥ %,.0f calls/s", target);
        return new Finding(
                id(),
                "createPlan, " + AT_A_TIME + " at a time, " + work,
                target == 0 && work.contains("bare") ? "fast server" : "embedded gateway",
                found,
                demand,
                calls.median() >= target);
    }
}
