package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.jmh.GetJob;
import io.synapse.sdk.benchmarks.jmh.JmhRound;
import io.synapse.sdk.benchmarks.server.AgentServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** P4: one small call. */
final class OneCall implements Benchmark {
    private static final Target TARGET = Target.atMost(1.05);

    /** Many busy threads leave the JVM's compilers little time on a small machine: calls get faster for 40 s. */
    private static final int WARM_UP_OF_MANY = 3;

    @Override
    public String id() {
        return "P4";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (int threads : List.of(1, 16)) {
            String job = Workbench.finished(8_000, 1);
            rows.addAll(compare(workbench, "fast server", workbench.fastServer(), job, threads));
            rows.addAll(compare(workbench, "embedded agent", workbench.agent(), AgentServer.JOB, threads));
        }
        return rows;
    }

    private List<Row> compare(Workbench workbench, String server, String url, String job, int threads)
            throws IOException {
        List<JmhRound.Findings> ours = new ArrayList<>();
        List<JmhRound.Findings> theirs = new ArrayList<>();
        Workbench.Options options = workbench.options();
        int warmUp = threads == 1 ? options.jmhWarmUp() : WARM_UP_OF_MANY * options.jmhWarmUp();
        JmhRound jmh = new JmhRound(url, job, threads, warmUp, options.jmhSeconds());
        workbench.progress("P4 getJob, %d threads, %s".formatted(threads, server));
        jmh.inTurn(GetJob.class, options.rounds(), ours::add, theirs::add);
        List<Row> rows = new ArrayList<>();
        for (int percentile : List.of(50, 99)) {
            rows.add(new Comparison(
                    id(),
                    "getJob, p" + percentile + ", " + (threads == 1 ? "1 thread" : threads + " threads"),
                    server,
                    "OkHttp + Jackson",
                    Unit.MICROSECONDS,
                    percentiles(ours, percentile),
                    percentiles(theirs, percentile),
                    TARGET));
        }
        return rows;
    }

    private static Samples percentiles(List<JmhRound.Findings> rounds, int percentile) {
        return new Samples(rounds.stream()
                .map(round -> round.times().getPercentile(percentile))
                .toList());
    }
}
