package io.synapse.sdk.experiments.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.synapse.sdk.experiments.internal.Failure;
import io.synapse.sdk.experiments.internal.Fields;
import io.synapse.sdk.experiments.internal.Names;
import io.synapse.sdk.experiments.internal.analysis.Analysis;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of the runs of a project, which are answered without an envelope.
 *
 * @param analysis makes them
 */
public record AnalysisRoutes(Analysis analysis) {
    private static final int USUAL_TOP = 5;
    private static final int MAX_TOP = 1_000;

    /** Adds the routes. */
    public void register(RoutesConfig routes) {
        routes.post("/api/recommendations/find", this::best);
        routes.get(
                "/api/recommendations/{project}/summary",
                request -> Replies.json(request, 200, analysis.bestSummary(project(request))));
        routes.post("/api/trends/analyze", this::trends);
        routes.get(
                "/api/trends/{project}/summary",
                request -> Replies.json(request, 200, analysis.trendSummary(project(request))));
        routes.post("/api/outliers/detect", this::outliers);
        routes.get("/api/correlations/{project}", this::correlations);
        routes.get(
                "/api/correlations/{project}/summary",
                request -> Replies.json(request, 200, analysis.correlationSummary(project(request))));
    }

    private static String project(Context request) {
        return Names.checked("project", request.pathParam("project"));
    }

    private static String project(ObjectNode body) {
        return Names.checked("project", Fields.text(body, "project"));
    }

    private void best(Context request) {
        ObjectNode body = Replies.body(request);
        String strategy = Fields.optionalText(body, "strategy").orElse("pareto");
        int top = Fields.number(body, "top_k", USUAL_TOP, 1, MAX_TOP);
        Replies.json(request, 200, analysis.best(project(body), Fields.texts(body, "objectives"), strategy, top));
    }

    private void trends(Context request) {
        ObjectNode body = Replies.body(request);
        Replies.json(request, 200, analysis.trends(project(body), metrics(body)));
    }

    private void outliers(Context request) {
        ObjectNode body = Replies.body(request);
        String method = Fields.optionalText(body, "method").orElse("iqr");
        Replies.json(request, 200, analysis.outliers(project(body), metrics(body), method, threshold(body)));
    }

    private static @Nullable Double threshold(ObjectNode body) {
        JsonNode threshold = Fields.value(
                body,
                "threshold",
                value -> value.isNumber() && value.doubleValue() >= 0,
                "float_type",
                "a number from 0");
        return threshold == null ? null : threshold.doubleValue();
    }

    /** One or several metrics, under either name. */
    private static List<String> metrics(ObjectNode body) {
        List<String> metrics = new ArrayList<>(Fields.texts(body, "metrics"));
        metrics.addAll(Fields.texts(body, "metric"));
        return metrics.stream().distinct().toList();
    }

    private void correlations(Context request) {
        String metric = request.queryParam("metric");
        if (metric == null || metric.isEmpty()) {
            throw Failure.invalid("missing", List.of("query", "metric"), "Field required");
        }
        Replies.json(request, 200, analysis.correlations(project(request), metric));
    }
}
