package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.metric.Curve;
import io.synapse.sdk.experiments.internal.metric.Curves;
import io.synapse.sdk.experiments.internal.metric.Direction;
import io.synapse.sdk.experiments.internal.metric.MetricStatistics;
import io.synapse.sdk.experiments.internal.run.RunFile;
import io.synapse.sdk.experiments.internal.run.RunRecord;
import io.synapse.sdk.experiments.internal.run.Runs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows and curves of runs: {@code runs/…/metrics} and {@code metrics/…}. */
public final class MetricRoutes {
    private static final int MAX_POINTS = 10_000_000;
    private static final int POINTS = 1000;
    private static final int MAX_RUNS = 1000;
    private static final String STEP = "step";

    private final Runs runs;

    public MetricRoutes(Runs runs) {
        this.runs = runs;
    }

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.get("/api/runs/{project}/{run}/metrics", this::rowsOfRun);
        routes.get("/api/run/{project}/{run}/metrics", this::rowsOfRun);
        routes.get("/api/metrics/compare", this::compare);
        routes.post("/api/metrics/curves", this::curves);
        routes.get("/api/metrics/statistics/{project}/{run}", this::statistics);
        routes.get("/api/metrics/{project}/{run}", this::rows);
    }

    private void rowsOfRun(Context request) {
        RunRecord run = runs.get(request.pathParam("project"), request.pathParam("run"));
        List<String> wanted = Parameters.list(request, "metrics");
        Curves curves = downsampled(request, runs.curves(run, wanted));
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        if (wanted.isEmpty()) {
            data.put("data", rows(run, curves, run.columns(), RowsDocument.Form.FLOATS));
            data.put("total_steps", curves.rows());
            data.put("file_path", path(run));
            data.put("columns", run.columns());
        } else {
            List<String> columns = new ArrayList<>(wanted);
            columns.add(0, STEP);
            data.put("data", new RowsDocument(curves, columns, STEP, RowsDocument.Form.FLOATS));
            data.put("total_points", curves.rows());
            data.put("columns", columns);
        }
        Replies.data(request, data);
    }

    private void rows(Context request) {
        RunRecord run = find(request.pathParam("project"), request.pathParam("run"));
        Curves all = runs.curves(run, List.of());
        Curves curves = downsampled(request, all);
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        metadata.put("file_path", path(run));
        metadata.put("total_points", all.rows());
        metadata.put("downsampled", curves.rows() < all.rows());
        metadata.put("columns", run.columns());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("data", rows(run, curves, run.columns(), RowsDocument.Form.KEPT));
        data.put("metadata", metadata);
        Replies.data(request, data, "Metrics retrieved successfully");
    }

    private void compare(Context request) {
        List<String> names = Parameters.list(request, "run_names");
        List<String> projects = Parameters.list(request, "projects");
        if (names.isEmpty() || names.size() != projects.size() || names.size() > MAX_RUNS) {
            throw Failure.plain(400, "run_names and projects have as many parts as there are runs, 1 to " + MAX_RUNS);
        }
        List<String> wanted = Parameters.list(request, "columns");
        Map<String, Object> data = new LinkedHashMap<>();
        for (int at = 0; at < names.size(); at++) {
            runs.queries()
                    .find(projects.get(at), names.get(at))
                    .ifPresent(run -> data.put(run.project() + "/" + run.name(), compared(request, run, wanted)));
        }
        Replies.data(request, data, "Retrieved metrics for " + data.size() + " runs");
    }

    private Map<String, Object> compared(Context request, RunRecord run, List<String> wanted) {
        List<String> columns = wanted.isEmpty() ? run.columns() : wanted;
        Curves all = runs.curves(run, columns);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("project", run.project());
        metadata.put("run_name", run.name());
        metadata.put("status", run.status());
        metadata.put("total_points", all.rows());
        return Map.of(
                "data", rows(run, downsampled(request, all), columns, RowsDocument.Form.KEPT), "metadata", metadata);
    }

    private void curves(Context request) {
        ObjectNode body = Replies.body(request);
        List<String> metrics = new ArrayList<>();
        for (JsonNode metric : list(body, "metrics")) {
            metrics.add(metric.asText());
        }
        int points = (int) number(body, "points", POINTS, 1, MAX_POINTS);
        double from = number(body, "from", Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE);
        double to = number(body, "to", Double.POSITIVE_INFINITY, -Double.MAX_VALUE, Double.POSITIVE_INFINITY);
        List<Map<String, Object>> curves = new ArrayList<>();
        for (JsonNode name : list(body, "runs")) {
            Optional<RunRecord> run = runs.queries()
                    .find(
                            name.path("project").asText(),
                            name.path("run").asText(name.path("run_name").asText()));
            run.ifPresent(found -> addCurves(curves, found, metrics, points, from, to));
        }
        Replies.data(request, curves);
    }

    private void addCurves(
            List<Map<String, Object>> curves, RunRecord run, List<String> metrics, int points, double from, double to) {
        Curves all = runs.curves(run, metrics);
        for (String metric : all.values().keySet()) {
            Curve curve = all.curve(metric).between(from, to);
            if (curve.size() > 0) {
                Curve shown = curve.downsampled(points);
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("project", run.project());
                document.put("run", run.name());
                document.put("metric", metric);
                document.put("steps", shown.steps());
                document.put("values", shown.values());
                document.put("total", curve.size());
                curves.add(document);
            }
        }
    }

    private void statistics(Context request) {
        RunRecord run = find(request.pathParam("project"), request.pathParam("run"));
        String metric = Parameters.required(request, "metric_name");
        Curve curve = runs.curves(run, List.of(metric)).curve(metric);
        if (Arrays.stream(curve.values()).noneMatch(Double::isFinite)) {
            throw Failure.plain(404, "Metric '" + metric + "' not found.");
        }
        Replies.data(request, statistics(metric, curve), "Statistics for " + metric + " calculated successfully");
    }

    private static Map<String, @Nullable Object> statistics(String metric, Curve curve) {
        Direction direction = Direction.of(metric);
        MetricStatistics found = MetricStatistics.of(curve, direction);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("metric_name", metric);
        data.put("count", found.count());
        data.put("min", found.min());
        data.put("max", found.max());
        data.put("mean", found.mean());
        data.put("std", found.std());
        data.put("median", found.median());
        data.put("q25", found.q25());
        data.put("q75", found.q75());
        data.put("best", found.best());
        data.put("best_step", found.bestStep());
        data.put("latest", Double.isFinite(found.latest()) ? found.latest() : null);
        data.put("is_lower_better", direction == Direction.SMALLER_IS_BETTER);
        data.put("trend", found.trend());
        data.put("improvement_pct", found.improvementPercent());
        data.put("series", series(curve.downsampled(POINTS)));
        return data;
    }

    private static List<Map<String, @Nullable Object>> series(Curve curve) {
        List<Map<String, @Nullable Object>> series = new ArrayList<>();
        for (int point = 0; point < curve.size(); point++) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put(STEP, curve.steps()[point]);
            fields.put("value", Double.isFinite(curve.values()[point]) ? curve.values()[point] : null);
            series.add(fields);
        }
        return series;
    }

    private RunRecord find(String project, String name) {
        return runs.queries().find(project, name).orElseThrow(() -> Failure.plain(404, "Run not found."));
    }

    private static RowsDocument rows(RunRecord run, Curves curves, List<String> columns, RowsDocument.Form form) {
        return new RowsDocument(curves, columns, run.stepColumn(), form);
    }

    private static Curves downsampled(Context request, Curves curves) {
        return curves.downsampled(
                (int) Parameters.number(request, "downsample", 1, MAX_POINTS).orElse(Integer.MAX_VALUE));
    }

    private @Nullable String path(RunRecord run) {
        return run.file(RunFile.Kind.METRICS)
                .map(file -> runs.relative(run, file))
                .orElse(null);
    }

    private static JsonNode list(ObjectNode body, String name) {
        JsonNode list = body.path(name);
        if (!list.isArray() || list.size() > MAX_RUNS) {
            throw Failure.invalid("list_type", List.of("body", name), "Input should be a list of at most " + MAX_RUNS);
        }
        return list;
    }

    private static double number(ObjectNode body, String name, double byDefault, double least, double most) {
        JsonNode value = Fields.value(
                body,
                name,
                given -> given.isNumber() && given.doubleValue() >= least && given.doubleValue() <= most,
                "number",
                "from " + least + " to " + most);
        return value == null ? byDefault : value.doubleValue();
    }
}
