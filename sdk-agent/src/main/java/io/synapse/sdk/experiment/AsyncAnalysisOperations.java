package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import java.util.concurrent.CompletableFuture;

/**
 * The asynchronous twin of {@link AnalysisOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncAnalysisOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link AnalysisOperations#findBestRuns}. */
    default CompletableFuture<Recommendations> findBestRuns(RecommendationRequest request) {
        return perform(AnalysisEndpoints.best(request));
    }

    /** Asynchronous twin of {@link AnalysisOperations#getRecommendationSummary}. */
    default CompletableFuture<Recommendations> getRecommendationSummary(String project) {
        return perform(AnalysisEndpoints.bestSummary(project));
    }

    /** Asynchronous twin of {@link AnalysisOperations#analyzeTrends}. */
    default CompletableFuture<AnalysisReport> analyzeTrends(AnalysisRequest request) {
        return perform(AnalysisEndpoints.trends(request));
    }

    /** Asynchronous twin of {@link AnalysisOperations#getTrendSummary}. */
    default CompletableFuture<AnalysisReport> getTrendSummary(String project) {
        return perform(AnalysisEndpoints.trendSummary(project));
    }

    /** Asynchronous twin of {@link AnalysisOperations#detectOutliers}. */
    default CompletableFuture<AnalysisReport> detectOutliers(AnalysisRequest request) {
        return perform(AnalysisEndpoints.outliers(request));
    }

    /** Asynchronous twin of {@link AnalysisOperations#getCorrelations}. */
    default CompletableFuture<AnalysisReport> getCorrelations(String project, String metric) {
        return perform(AnalysisEndpoints.correlations(project, metric));
    }

    /** Asynchronous twin of {@link AnalysisOperations#getCorrelationSummary}. */
    default CompletableFuture<AnalysisReport> getCorrelationSummary(String project) {
        return perform(AnalysisEndpoints.correlationSummary(project));
    }
}
