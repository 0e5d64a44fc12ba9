package io.synapse.sdk.benchmarks;

import io.synapse.sdk.benchmarks.Comparison.Unit;
import io.synapse.sdk.benchmarks.jmh.CommitRow;
import io.synapse.sdk.benchmarks.jmh.JmhRound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * E4: rows that are committed one by one in the store of the experiment server (wire/experiments.md, section 10): what is left of
 * a live row without the request, by one thread, since SQLite has one writer. The JDBC beside it writes the same tables, and
 * nothing else: it looks up no metrics and makes no chunks.
 */
final class StoreCommits implements Benchmark {
    private static final double COMMITS_PER_SECOND = 20_000;
    private static final String WORK = "a row of ten metrics, a commit each";
    private static final String SERVER = "none, SQLite in the process";

    @Override
    public String id() {
        return "E4";
    }

    @Override
    public List<Row> run(Workbench workbench) throws IOException {
        List<JmhRound.Findings> ours = new ArrayList<>();
        List<JmhRound.Findings> theirs = new ArrayList<>();
        workbench.progress("E4: " + WORK);
        new JmhRound(
                        "",
                        "",
                        1,
                        workbench.options().jmhWarmUp(),
                        workbench.options().jmhSeconds())
                .inTurn(CommitRow.class, workbench.options().rounds(), ours::add, theirs::add);
        return List.of(commits(ours), times(ours, theirs));
    }

    private Row commits(List<JmhRound.Findings> rounds) {
        Samples rates = Samples.of(
                rounds, round -> TimeUnit.SECONDS.toMicros(1) / round.times().getMean());
        return new Finding(
                id(),
                WORK,
                SERVER,
                String.format(Locale.ROOT, "%,.0f commits/s (%,.0f–%,.0f)", rates.median(), rates.min(), rates.max()),
                String.format(Locale.ROOT, "≥ %,.0f commits/s", COMMITS_PER_SECOND),
                rates.median() >= COMMITS_PER_SECOND);
    }

    private Row times(List<JmhRound.Findings> ours, List<JmhRound.Findings> theirs) {
        return new Comparison(
                id(),
                WORK,
                SERVER,
                "JDBC, statements prepared once",
                Unit.MICROSECONDS,
                Samples.of(ours, round -> round.times().getMean()),
                Samples.of(theirs, round -> round.times().getMean()),
                Target.NONE);
    }
}
