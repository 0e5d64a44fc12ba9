package io.synapse.sdk.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The same figure of several rounds.
 *
 * @param values in the order of the rounds; at least one
 */
record Samples(List<Double> values) {
    Samples {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** One figure of what each round found. */
    static <T> Samples of(List<T> rounds, ToDoubleFunction<T> figure) {
        return new Samples(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    /** The value that this part of the values is below. */
    static double percentile(List<Double> values, double part) {
        return values.stream().sorted().toList().get((int) (part * values.size()));
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** These to those, round by round: what slows the machine down for a while slows both down. */
    Samples dividedBy(Samples others) {
        if (values.size() != others.values.size()) {
            throw new IllegalArgumentException("there are " + values.size() + " rounds and " + others.values.size());
        }
        return new Samples(IntStream.range(0, values.size())
                .mapToObj(round -> values.get(round) / others.values.get(round))
                .toList());
    }
}
