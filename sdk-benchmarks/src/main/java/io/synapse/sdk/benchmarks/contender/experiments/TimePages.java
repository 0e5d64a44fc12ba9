package io.synapse.sdk.benchmarks.contender.experiments;

import io.synapse.sdk.Page;
import io.synapse.sdk.benchmarks.contender.Token;
import io.synapse.sdk.experiment.CurveQuery;
import io.synapse.sdk.experiment.ExperimentClient;
import io.synapse.sdk.experiment.MetricCurve;
import io.synapse.sdk.experiment.MetricSummary;
import io.synapse.sdk.experiment.Project;
import io.synapse.sdk.experiment.Run;
import io.synapse.sdk.experiment.RunKey;
import io.synapse.sdk.experiment.RunMetrics;
import io.synapse.sdk.experiment.RunQuery;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * Times what is asked by those who look at a project of many runs: one call after the other, the kinds of calls in turn. Each
 * answer is looked at, so that a wrong one does not count as a fast one.
 */
public final class TimePages {
    /** The project whose only run is long. */
    public static final String LONG = "long";

    private static final int COMPARED = 20;
    private static final int TABLE = 200;
    private static final int PAGE = 50;
    private static final int POINTS = 1_000;

    private final ExperimentClient client;
    private final String project;
    private final int runs;
    private final List<String> metrics;
    private final List<RunKey> compared;
    private Iterator<Page<Run>> pages;

    private TimePages(ExperimentClient client, String project, int runs, List<String> metrics) {
        this.client = client;
        this.project = project;
        this.runs = runs;
        this.metrics = metrics;
        this.compared = pages(TABLE).next().results().stream()
                .limit(COMPARED)
                .map(run -> RunKey.of(project, Objects.requireNonNull(run.runName())))
                .toList();
        this.pages = pages(PAGE);
    }

    /**
     * Runs it.
     *
     * @param args the address, the project, how many runs it has, their metrics with commas between, how many points the
     *     long run has, and how many calls of each kind are practice and how many are timed
     */
    public static void main(String[] args) throws Exception {
        List<String> metrics = List.of(args[3].split(","));
        try (ExperimentClient client = ExperimentClient.builder()
                .baseUrl(args[0])
                .experimentsToken(Token.VALUE)
                .build()) {
            new TimePages(client, args[1], Integer.parseInt(args[2]), metrics)
                    .measure(Long.parseLong(args[4]), Integer.parseInt(args[5]), Integer.parseInt(args[6]));
        }
        System.exit(0);
    }

    /**
     * A kind of calls.
     *
     * @param call makes one, and says how much came
     * @param expected how much is to come
     */
    private record Kind(String name, Callable<Long> call, long expected, Times times) {
        Kind(String name, long expected, Callable<Long> call) {
            this(name, call, expected, new Times());
        }

        void perform() throws Exception {
            long found = times.time(call);
            if (found != expected) {
                throw new IllegalStateException(name + ": " + found + " came, not " + expected);
            }
        }
    }

    private void measure(long pointsOfLong, int practice, int calls) throws Exception {
        long shown = compared.size();
        List<Kind> kinds = List.of(
                new Kind("projects", runs, this::runsInShort),
                new Kind("table", Math.min(runs, TABLE), this::table),
                new Kind("page", Math.min(runs, PAGE), this::nextPage),
                new Kind("curves", shown * metrics.size() * POINTS, this::curves),
                new Kind("compare", shown * POINTS, this::compare),
                new Kind("long", pointsOfLong, this::longCurve));
        for (int call = 0; call < practice + calls; call++) {
            if (call == practice) {
                kinds.forEach(kind -> kind.times().forget());
            }
            for (Kind kind : kinds) {
                kind.perform();
            }
        }
        kinds.forEach(kind -> kind.times().print(kind.name()));
    }

    /** All projects with all their runs in short, but for the long one. */
    private long runsInShort() {
        long found = 0;
        for (Project each : client.listProjects().pages().iterator().next().results()) {
            found += project.equals(each.name()) ? each.runs().size() : 0;
        }
        return found;
    }

    /** What one sees of a project without scrolling far, sorted by a metric. */
    private long table() {
        return pages(TABLE).next().results().size();
    }

    /** One page after the other, to the last and then from the first on. */
    private long nextPage() {
        pages = pages.hasNext() ? pages : pages(PAGE);
        return pages.next().results().stream()
                .filter(run -> run.finalMetrics().size() == metrics.size())
                .count();
    }

    private Iterator<Page<Run>> pages(int size) {
        RunQuery query = RunQuery.of(project)
                .sortBy(metrics.get(0), MetricSummary.FINAL)
                .descending()
                .pageSize(size);
        return client.listRuns(query).pages().iterator();
    }

    private long curves() {
        return client.getCurves(CurveQuery.of(compared, metrics).points(POINTS)).stream()
                .mapToLong(curve -> curve.values().size())
                .sum();
    }

    private long compare() {
        List<RunMetrics> all = client.compareMetrics(compared, metrics);
        return all.stream().mapToLong(run -> run.rows().size()).sum();
    }

    /** How many points the long curve had before it was thinned out. */
    private long longCurve() {
        List<RunKey> run = List.of(RunKey.of(LONG, LONG));
        MetricCurve curve = client.getCurves(
                        CurveQuery.of(run, metrics.subList(0, 1)).points(POINTS))
                .get(0);
        if (curve.values().size() > POINTS) {
            throw new IllegalStateException(curve.values().size() + " points came");
        }
        return Objects.requireNonNull(curve.total());
    }
}
