package io.synapse.sdk.experiments.internal.mlflow;

import io.synapse.sdk.experiments.internal.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Searches runs. Thread-safe. */
public final class MlflowSearch {
    private static final Pattern ORDER =
            Pattern.compile("(?:(metric|param|tag|attribute)s?\\.)?[`\"]?([^`\"]+?)[`\"]?(?:\\s+(?i:(asc|desc)))?");

    private final MlflowStore store;

    public MlflowSearch(MlflowStore store) {
        this.store = store;
    }

    /** A run with the newest point of each metric. */
    public record Found(MlflowRun run, List<MlflowPoint> metrics) implements MlflowFilter.Subject {
        @Override
        public @Nullable Object value(String kind, String key) {
            return switch (kind) {
                case "metric" ->
                    metrics.stream()
                            .filter(point -> point.key().equals(key))
                            .map(MlflowPoint::value)
                            .findFirst()
                            .orElse(null);
                case "param" -> run.params().get(key);
                case "tag" -> run.tags().get(key);
                default -> attribute(key);
            };
        }

        private @Nullable Object attribute(String key) {
            Map<String, @Nullable Object> attributes = new HashMap<>();
            attributes.put("run_id", run.uid());
            attributes.put("run_name", run.name());
            attributes.put("status", run.status());
            attributes.put("user_id", run.user());
            attributes.put("start_time", run.startTime());
            attributes.put("end_time", run.endTime());
            if (!attributes.containsKey(key)) {
                throw Failure.badRequest("a run has no attribute " + key);
            }
            return attributes.get(key);
        }
    }

    /**
     * The runs of these projects that match, in this order; else the newest first.
     *
     * @throws Failure when the filter or the order cannot be read: 400
     */
    public List<Found> find(List<Long> experiments, String filter, List<String> orders) {
        Predicate<MlflowFilter.Subject> matches = MlflowFilter.of(filter);
        List<Found> found = new ArrayList<>();
        for (long experiment : experiments) {
            for (MlflowRun run : store.runs(experiment)) {
                found.add(new Found(run, store.latest(run)));
            }
        }
        found.removeIf(run -> !matches.test(run));
        for (int at = orders.size() - 1; at >= 0; at--) { // sorting is stable: the first order is applied last
            found.sort(order(orders.get(at)));
        }
        return found;
    }

    private static Comparator<Found> order(String text) {
        Matcher order = ORDER.matcher(text.strip());
        if (!order.matches()) {
            throw Failure.badRequest("the order cannot be read: " + text);
        }
        String kind = order.group(1) == null ? "attribute" : order.group(1);
        String key = order.group(2);
        boolean isDescending = order.group(3) != null
                && order.group(3).toLowerCase(Locale.ROOT).equals("desc");
        Comparator<Object> values = MlflowSearch::compare;
        return Comparator.comparing(
                (Found run) -> run.value(kind, key), Comparator.nullsLast(isDescending ? values.reversed() : values));
    }

    private static int compare(Object a, Object b) {
        return a instanceof Number first && b instanceof Number second
                ? Double.compare(first.doubleValue(), second.doubleValue())
                : a.toString().compareTo(b.toString());
    }
}
