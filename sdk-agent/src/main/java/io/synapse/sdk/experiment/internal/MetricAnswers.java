package io.synapse.sdk.experiment.internal;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.dialect.internal.Copies;
import io.synapse.sdk.experiment.MetricCurve;
import io.synapse.sdk.experiment.MetricTable;
import io.synapse.sdk.experiment.RunKey;
import io.synapse.sdk.experiment.RunMetrics;
import io.synapse.sdk.experiment.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads metrics, whose values the reader of models does not take all (wire/experiments.md, section 8). */
public final class MetricAnswers {
    private static final Set<String> TABLE = Set.of("data", "columns", "total_steps", "total_points", "file_path");
    private static final Set<String> COMPARED = Set.of("project", "run_name", "status", "total_points");

    private MetricAnswers() {}

    static Endpoint<Map<String, @Nullable Object>> request(RunKey run) {
        return Endpoint.get("api/runs/{}/{}/metrics", ResponseType.object(), run.project(), run.run());
    }

    static Operation<MetricTable> table(Answers answers, Endpoint<Map<String, @Nullable Object>> request) {
        return request.map(answer -> {
            Map<String, @Nullable Object> content = Copies.object(answers.content(request, answer));
            Object total =
                    content.get("total_steps") == null ? content.get("total_points") : content.get("total_steps");
            return new MetricTable(
                    texts(content.get("columns")),
                    MetricValues.rows(content.get("data")),
                    number(total),
                    text(content.get("file_path")),
                    without(content, TABLE));
        });
    }

    static Operation<List<MetricCurve>> curves(Answers answers, Endpoint<Map<String, @Nullable Object>> request) {
        return request.map(answer -> {
            if (answers.content(request, answer) instanceof List<?> list) {
                return list.stream()
                        .map(curve -> MetricValues.readCurve(Copies.object(curve)))
                        .toList();
            }
            throw Answers.unexpected(request, "it is not a list of curves", null);
        });
    }

    /** The metrics of several runs, by {@code project/run}, in the order in which they were asked for. */
    public static Operation<List<RunMetrics>> compared(
            ExperimentDialect dialect, List<RunKey> runs, List<String> columns) {
        Endpoint<Map<String, @Nullable Object>> all = Endpoint.get("api/metrics/compare", ResponseType.object())
                .query("run_names", runs.stream().map(RunKey::run).collect(Collectors.joining(",")))
                .query("projects", runs.stream().map(RunKey::project).collect(Collectors.joining(",")));
        Endpoint<Map<String, @Nullable Object>> request =
                columns.isEmpty() ? all : all.query("columns", String.join(",", columns));
        return request.map(answer -> {
            Map<String, @Nullable Object> content =
                    Copies.object(dialect.answers().content(request, answer));
            List<RunMetrics> found = new ArrayList<>();
            content.values().forEach(run -> found.add(compared(Copies.object(run))));
            return List.copyOf(found);
        });
    }

    private static RunMetrics compared(Map<String, @Nullable Object> run) {
        Map<String, @Nullable Object> about = Copies.object(run.get("metadata"));
        String status = text(about.get("status"));
        return new RunMetrics(
                text(about.get("project")),
                text(about.get("run_name")),
                status == null ? null : new RunStatus(status),
                number(about.get("total_points")),
                MetricValues.rows(run.get("data")),
                without(about, COMPARED));
    }

    private static Map<String, @Nullable Object> without(Map<String, @Nullable Object> fields, Set<String> names) {
        Map<String, @Nullable Object> rest = Copies.object(fields);
        rest.keySet().removeAll(names);
        return rest;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text ? text : null;
    }

    private static @Nullable Long number(@Nullable Object value) {
        return value instanceof Number number ? (Long) number.longValue() : null;
    }
}
