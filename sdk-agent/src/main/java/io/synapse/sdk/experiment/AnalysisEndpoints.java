package io.synapse.sdk.experiment;

import io.synapse.sdk.Endpoint;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous analyses (wire/experiments.md, section 2). */
final class AnalysisEndpoints {
    private AnalysisEndpoints() {}

    static Operation<Recommendations> best(RecommendationRequest request) {
        return computed("api/recommendations/find", request.properties(), Recommendations.class);
    }

    static Operation<Recommendations> bestSummary(String project) {
        return ofProject("api/recommendations/{}/summary", project, Recommendations.class);
    }

    static Operation<AnalysisReport> trends(AnalysisRequest request) {
        return computed("api/trends/analyze", request.properties(), AnalysisReport.class);
    }

    static Operation<AnalysisReport> trendSummary(String project) {
        return ofProject("api/trends/{}/summary", project, AnalysisReport.class);
    }

    static Operation<AnalysisReport> outliers(AnalysisRequest request) {
        return computed("api/outliers/detect", request.properties(), AnalysisReport.class);
    }

    static Operation<AnalysisReport> correlations(String project, String metric) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request = Endpoint.get(
                            "api/correlations/{}", ResponseType.object(), ExperimentNames.check("project", project))
                    .query("metric", metric);
            return ExperimentProtocol.with(dialect -> dialect.ask(request, AnalysisReport.class));
        });
    }

    static Operation<AnalysisReport> correlationSummary(String project) {
        return ofProject("api/correlations/{}/summary", project, AnalysisReport.class);
    }

    private static <T> Operation<T> ofProject(String path, String project, Class<T> type) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request =
                    Endpoint.get(path, ResponseType.object(), ExperimentNames.check("project", project));
            return ExperimentProtocol.with(dialect -> dialect.ask(request, type));
        });
    }

    /** An answer that is computed of the request and the runs, and changes nothing. */
    private static <T> Operation<T> computed(String path, Map<String, @Nullable Object> body, Class<T> type) {
        Endpoint<Map<String, @Nullable Object>> request =
                Endpoint.post(path, ResponseType.object()).json(body).idempotent();
        return ExperimentProtocol.with(dialect -> dialect.ask(request, type));
    }
}
