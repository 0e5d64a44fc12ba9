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
    private static final Target TIME = Target.atMost(1.1);

    /** One call in a hundred meets what else the machine does: the garbage collector, the JVM's compilers, the server. */
    private static final Target LONGEST_TIMES = Target.NONE;

    private static final Target ALLOCATION = Target.atMost(1.2);

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
        String work = "getJob, " + (threads == 1 ? "1 thread" : threads + " threads");
        return List.of(
                row(work + ", p50", server, Unit.MICROSECONDS, percentiles(ours, 50), percentiles(theirs, 50), TIME),
                row(
                        work + ", p99",
                        server,
                        Unit.MICROSECONDS,
                        percentiles(ours, 99),
                        percentiles(theirs, 99),
                        LONGEST_TIMES),
                row(
                        work + ", allocation",
                        server,
                        Unit.KILOBYTES,
                        Samples.of(ours, JmhRound.Findings::bytesPerOperation),
                        Samples.of(theirs, JmhRound.Findings::bytesPerOperation),
                        ALLOCATION));
    }

    private Row row(String work, String server, Unit unit, Samples ours, Samples theirs, Target target) {
        return new Comparison(id(), work, server, "OkHttp + Jackson", unit, ours, theirs, target);
    }

    private static Samples percentiles(List<JmhRound.Findings> rounds, int percentile) {
        return Samples.of(rounds, round -> round.times().getPercentile(percentile));
    }
}
