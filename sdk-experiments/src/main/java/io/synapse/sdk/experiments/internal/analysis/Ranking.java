package io.synapse.sdk.experiments.internal.analysis;

import io.synapse.sdk.experiments.internal.metric.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs in order, the best first, by one or several metrics. Only runs that have all of them take part. */
final class Ranking {
    /** Comparing each run with each other one by more metrics finds nearly all of them equally good. */
    static final int MAX_PARETO_METRICS = 3;

    private final List<String> objectives;
    private final List<AnalyzedRun> runs;

    /** Values of a run, turned so that larger is better. */
    private final double[][] values;

    private final int[] dominatedBy;
    private final int[] dominates;

    Ranking(List<AnalyzedRun> all, List<String> objectives) {
        this.objectives = objectives;
        runs = all.stream()
                .filter(run -> run.metrics().keySet().containsAll(objectives))
                .toList();
        values = runs.stream().map(this::turned).toArray(double[][]::new);
        dominatedBy = new int[values.length];
        dominates = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                if (isBetter(values[i], values[j])) {
                    dominates[i]++;
                    dominatedBy[j]++;
                }
            }
        }
    }

    private double[] turned(AnalyzedRun run) {
        return objectives.stream()
                .mapToDouble(metric -> Direction.of(metric) == Direction.SMALLER_IS_BETTER
                        ? -run.metrics().getOrDefault(metric, 0.0)
                        : run.metrics().getOrDefault(metric, 0.0))
                .toArray();
    }

    /** In one metric at least, and worse in none. */
    private static boolean isBetter(double[] one, double[] other) {
        boolean isBetter = false;
        for (int i = 0; i < one.length; i++) {
            if (one[i] < other[i]) {
                return false;
            }
            isBetter |= one[i] > other[i];
        }
        return isBetter;
    }

    /** How many runs no other run is better than. */
    long optimal() {
        return Arrays.stream(dominatedBy).filter(count -> count == 0).count();
    }

    /** First those that fewest others are better than, then those that are better than most others. */
    List<Map<String, Object>> byDominance(int most) {
        return list(
                most,
                Comparator.<Integer>comparingInt(i -> dominatedBy[i]).thenComparingInt(i -> -dominates[i]),
                new double[0]);
    }

    /** By the mean of the ranks in each metric; equal values share the mean of their ranks. */
    List<Map<String, Object>> byMeanRank(int most) {
        double[] means = new double[values.length];
        for (int metric = 0; metric < objectives.size(); metric++) {
            int of = metric;
            List<Integer> order = new ArrayList<>(indices());
            order.sort(Comparator.comparingDouble(i -> -values[i][of]));
            for (int from = 0; from < order.size(); ) {
                int to = from;
                while (to < order.size() && values[order.get(to)][of] == values[order.get(from)][of]) {
                    to++;
                }
                double shared = (from + 1 + to) / 2.0;
                order.subList(from, to).forEach(i -> means[i] += shared / objectives.size());
                from = to;
            }
        }
        return list(most, Comparator.comparingDouble(i -> means[i]), means);
    }

    private List<Integer> indices() {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            indices.add(i);
        }
        return indices;
    }

    private List<Map<String, Object>> list(int most, Comparator<Integer> order, double[] means) {
        List<Integer> sorted = indices().stream()
                .sorted(order.thenComparing(i -> runs.get(i).name()))
                .limit(most)
                .toList();
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i : sorted) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("run_name", runs.get(i).name());
            fields.put("is_pareto_optimal", dominatedBy[i] == 0);
            fields.put("dominated_by_count", dominatedBy[i]);
            fields.put("dominates_count", dominates[i]);
            Map<String, Object> metrics = new LinkedHashMap<>();
            objectives.forEach(
                    metric -> metrics.put(metric, runs.get(i).metrics().getOrDefault(metric, 0.0)));
            fields.put("objective_values", metrics);
            fields.put("rank", list.size() + 1);
            if (means.length > 0) {
                fields.put("mean_rank", means[i]);
            }
            list.add(fields);
        }
        return list;
    }
}
