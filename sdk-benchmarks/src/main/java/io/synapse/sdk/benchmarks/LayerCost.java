package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.contender.gateway.TimePlans;
import io.synapse.sdk.benchmarks.server.FastGrpcServer;
import io.synapse.sdk.benchmarks.server.GatewayServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * G2: a call through circuit breaker, balancer and limit of attempts, and one through all standard layers, beside one of the
 * same client without them and one of a bare library. The bare servers answer with what was made before, so that the client is
 * nearly all there is.
 */
final class LayerCost implements Benchmark {
    private static final double MOST_MICROSECONDS = 10;
    private static final Target MOST = Target.atMost(1.05);

    /**
     * A protocol.
     *
     * @param name as the contenders know it
     * @param library the bare one
     */
    private record Protocol(String name, String library) {
        String address(ServerProcess gateway) {
            return name.equals("grpc") ? grpcAddress(gateway) : httpUrl(gateway);
        }
    }

    @Override
    public String id() {
        return "G2";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException, InterruptedException {
        Protocol grpc = new Protocol("grpc", "grpc-java: blocking stub");
        Protocol http = new Protocol("http", "HttpClient of the JDK + Jackson");
        List<Row> rows = new ArrayList<>();
        try (ServerProcess fast = new ServerProcess(workbench.java(FastGrpcServer.class))) {
            rows.addAll(compare(workbench, grpc, "fast server", fast.url()));
        }
        rows.addAll(compare(workbench, http, "fast server", workbench.fastServer()));
        try (ServerProcess gateway = new ServerProcess(workbench.java(GatewayServer.class))) {
            rows.addAll(compare(workbench, grpc, "embedded gateway", grpc.address(gateway)));
            rows.addAll(compare(workbench, http, "embedded gateway", http.address(gateway)));
        }
        return rows;
    }

    /** Where a gateway in a process of its own serves HTTP. */
    static String httpUrl(ServerProcess gateway) {
        return gateway.url().split(" ", 2)[0];
    }

    /** Where its service Claude serves gRPC. */
    static String grpcAddress(ServerProcess gateway) {
        return gateway.url().split(" ", 2)[1];
    }

    private List<Row> compare(Workbench workbench, Protocol protocol, String server, String address)
            throws IOException, InterruptedException {
        Workbench.Options options = workbench.options();
        List<Program.Output> rounds = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            workbench.progress("G2: " + protocol.name() + ", " + server + ", round " + round);
            rounds.add(new Program(workbench.java(
                            TimePlans.class,
                            protocol.name(),
                            address,
                            Integer.toString(options.jmhWarmUp()),
                            Integer.toString(options.jmhSeconds()),
                            "layers",
                            "breaker",
                            "client",
                            "bare"))
                    .run());
        }
        String work = "createPlan, " + protocol.name();
        String bare = protocol.library();
        String same = "the same client without layers";
        return List.of(
                row(rounds, work + ", breaker, p50", server, same, "p50.breaker", "p50.client", MOST),
                added(rounds, work, server),
                row(rounds, work + ", breaker, allocation", server, same, "bytes.breaker", "bytes.client", Target.NONE),
                row(rounds, work + ", all layers, p50", server, same, "p50.layers", "p50.client", Target.NONE),
                row(
                        rounds,
                        work + ", all layers, allocation",
                        server,
                        same,
                        "bytes.layers",
                        "bytes.client",
                        Target.NONE),
                row(rounds, work + ", breaker, p50", server, bare, "p50.breaker", "p50.bare", Target.NONE),
                row(rounds, work + ", breaker, allocation", server, bare, "bytes.breaker", "bytes.bare", Target.NONE),
                row(rounds, work + ", no layers, p50", server, bare, "p50.client", "p50.bare", Target.NONE));
    }

    private Row row(
            List<Program.Output> rounds,
            String work,
            String server,
            String peer,
            String ours,
            String theirs,
            Target target) {
        Unit unit = ours.startsWith("bytes") ? Unit.KILOBYTES : Unit.MICROSECONDS;
        return new Comparison(
                id(),
                work,
                server,
                peer,
                unit,
                Samples.of(rounds, round -> round.value(ours)),
                Samples.of(rounds, round -> round.value(theirs)),
                target);
    }

    private Row added(List<Program.Output> rounds, String work, String server) {
        Samples added = Samples.of(rounds, round -> round.value("p50.breaker") - round.value("p50.client"));
        String found = String.format(Locale.ROOT, "%.1f µs (%.1f–%.1f)", added.median(), added.min(), added.max());
        return new Finding(
                id(),
                work + ", what breaker and limit add to the p50",
                server,
                found,
                "≤ 10 µs",
                added.median() <= MOST_MICROSECONDS);
    }
}
