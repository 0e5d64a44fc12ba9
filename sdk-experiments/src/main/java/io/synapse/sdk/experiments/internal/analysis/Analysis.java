package io.synapse.sdk.experiments.internal.analysis;

import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of the runs of a project by comparing them. Smaller is better for metrics whose names say so. Thread-safe.
 */
public final class Analysis {
    /** Of one project; older ones take no part. */
    public static final int MAX_RUNS = 10_000;

    private static final int MAX_OBJECTIVES = 20;
    private static final int AUTO_OBJECTIVES = 3;
    private static final int SUMMARY = 5;

    private final Function<String, List<RunRecord>> runsOf;

    /**
     * Of these runs.
     *
     * @param runsOf gives those of a project, the newest first
     */
    public Analysis(Function<String, List<RunRecord>> runsOf) {
        this.runsOf = runsOf;
    }

    private List<AnalyzedRun> runs(String project) {
        List<AnalyzedRun> runs =
                runsOf.apply(project).stream().map(AnalyzedRun::of).toList();
        if (runs.isEmpty()) {
            throw Failure.plain(404, "No runs found for project '" + project + "'");
        }
        return runs;
    }

    /**
     * The best runs.
     *
     * @param objectives the metrics that count; none for those that most runs have
     * @param strategy {@code pareto} or {@code rank}
     * @param most how many to name
     * @throws Failure 400 for another strategy, too many metrics, or one that no run has; 404 when there are no runs
     */
    public Map<String, Object> best(String project, List<String> objectives, String strategy, int most) {
        boolean isPareto = strategy.equals("pareto");
        if (!isPareto && !strategy.equals("rank")) {
            throw Failure.plain(400, "The strategies are pareto and rank, not " + strategy);
        }
        int limit = isPareto ? Ranking.MAX_PARETO_METRICS : MAX_OBJECTIVES;
        if (objectives.size() > limit) {
            throw Failure.plain(400, "The strategy " + strategy + " takes at most " + limit + " objectives");
        }
        List<AnalyzedRun> runs = runs(project);
        List<String> chosen = objectives.isEmpty()
                ? autoSelected(runs)
                : objectives.stream().distinct().toList();
        chosen.forEach(metric -> known(runs, metric));
        Ranking ranking = new Ranking(runs, chosen);
        Map<String, Object> found = head(project, runs);
        found.put("strategy", strategy);
        found.put("objectives", chosen);
        found.put("pareto_optimal_count", ranking.optimal());
        found.put("recommendations", isPareto ? ranking.byDominance(most) : ranking.byMeanRank(most));
        return found;
    }

    /** The best runs by the metrics that most runs have. */
    public Map<String, Object> bestSummary(String project) {
        List<AnalyzedRun> runs = runs(project);
        List<String> chosen = autoSelected(runs);
        Ranking ranking = new Ranking(runs, chosen);
        Map<String, Object> found = head(project, runs);
        found.put("auto_selected_objectives", chosen);
        found.put("pareto_optimal_count", chosen.isEmpty() ? 0 : ranking.optimal());
        found.put("top_recommendations", chosen.isEmpty() ? List.of() : ranking.byDominance(SUMMARY));
        return found;
    }

    /**
     * How metrics change from run to run.
     *
     * @param metrics which; none for all
     * @throws Failure 400 when fewer than 3 runs have a time of start, 404 when there are none
     */
    public Map<String, Object> trends(String project, List<String> metrics) {
        List<AnalyzedRun> runs = runs(project);
        List<AnalyzedRun> ordered = inOrder(runs);
        if (ordered.size() < Trend.MIN_RUNS) {
            throw insufficient("trend analysis", Trend.MIN_RUNS, ordered.size());
        }
        metrics.forEach(metric -> known(runs, metric));
        Map<String, Object> found = head(project, runs);
        found.put(
                "trends",
                trends(ordered, metrics).values().stream().map(Trend::fields).toList());
        return found;
    }

    /** Which metrics improve from run to run, and which do not. */
    public Map<String, Object> trendSummary(String project) {
        List<AnalyzedRun> runs = runs(project);
        List<AnalyzedRun> ordered = inOrder(runs);
        boolean isEnough = ordered.size() >= Trend.MIN_RUNS;
        Map<String, Trend> trends = isEnough ? trends(ordered, List.of()) : Map.of();
        Map<String, List<String>> summary = new LinkedHashMap<>();
        for (String direction : List.of("improving", "degrading", "stable")) {
            summary.put(direction, names(trends, trend -> trend.direction().equals(direction)));
        }
        summary.put("significant_trends", names(trends, Trend::isSignificant));
        Map<String, Object> found = head(project, runs);
        found.put(
                "message",
                isEnough
                        ? "Analyzed " + trends.size() + " metrics"
                        : "Insufficient runs for trend analysis (need at least 3 with timestamps)");
        found.put("summary", summary);
        return found;
    }

    private static List<String> names(Map<String, Trend> trends, Function<Trend, Boolean> isWanted) {
        return trends.entrySet().stream()
                .filter(entry -> isWanted.apply(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<String, Trend> trends(List<AnalyzedRun> ordered, List<String> metrics) {
        Map<String, Trend> trends = new LinkedHashMap<>();
        for (String metric : metrics.isEmpty() ? metrics(ordered) : metrics) {
            double[] values = ordered.stream()
                    .map(run -> run.metrics().get(metric))
                    .filter(Objects::nonNull)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            if (values.length >= Trend.MIN_RUNS) {
                trends.put(metric, new Trend(metric, values));
            }
        }
        return trends;
    }

    private static List<AnalyzedRun> inOrder(List<AnalyzedRun> runs) {
        List<AnalyzedRun> ordered = new ArrayList<>(
                runs.stream().filter(run -> run.startedAt() != null).toList());
        ordered.sort(Comparator.comparing(AnalyzedRun::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(AnalyzedRun::name));
        return ordered;
    }

    /**
     * Runs whose values are far from those of the others.
     *
     * @param metrics which; none for all
     * @param method {@code iqr} or {@code zscore}
     * @param threshold from which on a value is far; null for 1.5 widths of the middle half, or 3 standard deviations
     * @throws Failure 400 for another method, or fewer than 4 runs; 404 when there are none
     */
    public Map<String, Object> outliers(
            String project, List<String> metrics, String method, @Nullable Double threshold) {
        Outliers.Method by = Arrays.stream(Outliers.Method.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(method))
                .findFirst()
                .orElseThrow(() -> Failure.plain(400, "The methods are iqr and zscore, not " + method));
        double limit = threshold == null ? by.usual : threshold;
        List<AnalyzedRun> runs = runs(project);
        if (runs.size() < Outliers.MIN_RUNS) {
            throw insufficient("outlier detection", Outliers.MIN_RUNS, runs.size());
        }
        metrics.forEach(metric -> known(runs, metric));
        List<Object> outliers = new ArrayList<>();
        for (String metric : metrics.isEmpty() ? metrics(runs) : metrics) {
            List<AnalyzedRun> having = runs.stream()
                    .filter(run -> run.metrics().containsKey(metric))
                    .toList();
            if (having.size() >= Outliers.MIN_RUNS) {
                outliers.addAll(Outliers.find(metric, having, by, limit));
            }
        }
        Map<String, Object> found = head(project, runs);
        found.put("method", method);
        found.put("threshold", limit);
        found.put("outliers", outliers);
        return found;
    }

    /**
     * How hyperparameters and a metric go together.
     *
     * @throws Failure 400 when no run has the metric, 404 when there are no runs
     */
    public Map<String, Object> correlations(String project, String metric) {
        List<AnalyzedRun> runs = runs(project);
        known(runs, metric);
        Map<String, Object> found = head(project, runs);
        found.put("metric", metric);
        found.put("correlations", fields(Correlation.of(metric, runs)));
        return found;
    }

    /** How hyperparameters and the metrics that most runs have go together. */
    public Map<String, Object> correlationSummary(String project) {
        List<AnalyzedRun> runs = runs(project);
        Map<String, Object> summary = new LinkedHashMap<>();
        for (String metric : autoSelected(runs)) {
            summary.put(
                    metric,
                    fields(Correlation.of(metric, runs).stream().limit(SUMMARY).toList()));
        }
        Map<String, Object> found = head(project, runs);
        found.put("summary", summary);
        return found;
    }

    private static List<Map<String, Object>> fields(List<Correlation> correlations) {
        return correlations.stream().map(Correlation::fields).toList();
    }

    private static Map<String, Object> head(String project, List<AnalyzedRun> runs) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("project", project);
        head.put("total_runs", runs.size());
        return head;
    }

    private static List<String> metrics(List<AnalyzedRun> runs) {
        return runs.stream()
                .flatMap(run -> run.metrics().keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Those that most runs have; of these, those of a validation or test first. */
    private static List<String> autoSelected(List<AnalyzedRun> runs) {
        Map<String, Integer> counts = new HashMap<>();
        runs.forEach(run -> run.metrics().keySet().forEach(metric -> counts.merge(metric, 1, Integer::sum)));
        return counts.keySet().stream()
                .sorted(Comparator.<String>comparingInt(metric -> -counts.getOrDefault(metric, 0))
                        .thenComparing(metric -> !metric.contains("val") && !metric.contains("test"))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(AUTO_OBJECTIVES)
                .sorted()
                .toList();
    }

    private static void known(List<AnalyzedRun> runs, String metric) {
        if (runs.stream().noneMatch(run -> run.metrics().containsKey(metric))) {
            throw Failure.plain(400, "No run has a finite last value of the metric '" + metric + "'");
        }
    }

    private static Failure insufficient(String what, int needed, int got) {
        return Failure.plain(400, "Insufficient runs for " + what + " (need at least " + needed + ", got " + got + ")");
    }
}
