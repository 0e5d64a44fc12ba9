package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;

/** Analyses of the runs of a project (wire/experiments.md, section 2). */
public interface AnalysisOperations extends Performer {
    /** The best runs by some metrics. */
    default Recommendations findBestRuns(RecommendationRequest request) {
        return perform(AnalysisEndpoints.best(request));
    }

    /**
     * The best runs by metrics that the server chooses.
     *
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default Recommendations getRecommendationSummary(String project) {
        return perform(AnalysisEndpoints.bestSummary(project));
    }

    /**
     * How metrics change from run to run.
     *
     * @throws io.synapse.sdk.BadRequestException when there are too few runs
     */
    default AnalysisReport analyzeTrends(AnalysisRequest request) {
        return perform(AnalysisEndpoints.trends(request));
    }

    /**
     * How metrics change from run to run, in short.
     *
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default AnalysisReport getTrendSummary(String project) {
        return perform(AnalysisEndpoints.trendSummary(project));
    }

    /** Runs whose metrics are unlike those of the others. */
    default AnalysisReport detectOutliers(AnalysisRequest request) {
        return perform(AnalysisEndpoints.outliers(request));
    }

    /**
     * Which hyperparameters a metric depends on.
     *
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default AnalysisReport getCorrelations(String project, String metric) {
        return perform(AnalysisEndpoints.correlations(project, metric));
    }

    /**
     * Which hyperparameters metrics depend on, in short.
     *
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default AnalysisReport getCorrelationSummary(String project) {
        return perform(AnalysisEndpoints.correlationSummary(project));
    }
}
