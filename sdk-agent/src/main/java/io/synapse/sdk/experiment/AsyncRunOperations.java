package io.synapse.sdk.experiment;

import io.synapse.sdk.AsyncPerformer;
import io.synapse.sdk.ResponseType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous twin of {@link RunOperations}: the same calls, each returning a future that fails with the
 * exception the blocking call throws.
 */
public interface AsyncRunOperations extends AsyncPerformer {
    /** Asynchronous twin of {@link RunOperations#getRun}. */
    default CompletableFuture<Run> getRun(String project, String run) {
        return perform(RunEndpoints.get(project, run));
    }

    /** Asynchronous twin of {@link RunOperations#getRunConfig}. */
    default CompletableFuture<RunConfig> getRunConfig(String project, String run) {
        return perform(RunEndpoints.config(project, run));
    }

    /** Asynchronous twin of {@link RunOperations#getRunLogs}. */
    default CompletableFuture<RunLogs> getRunLogs(String project, String run) {
        return perform(RunEndpoints.logs(project, run));
    }

    /** Asynchronous twin of {@link RunOperations#listArtifacts}. */
    default CompletableFuture<List<RunFile>> listArtifacts(String project, String run) {
        return perform(RunEndpoints.artifacts(project, run));
    }

    /** Asynchronous twin of {@link RunOperations#downloadArtifact(String, String, String)}. */
    default CompletableFuture<byte[]> downloadArtifact(String project, String run, String path) {
        return perform(RunEndpoints.download(project, run, path, ResponseType.bytes()));
    }

    /** Asynchronous twin of {@link RunOperations#downloadArtifact(String, String, String, Path)}. */
    default CompletableFuture<Path> downloadArtifact(String project, String run, String path, Path target) {
        return perform(RunEndpoints.download(project, run, path, ResponseType.file(target)));
    }

    /** Asynchronous twin of {@link RunOperations#previewArtifact}. */
    default CompletableFuture<ArtifactPreview> previewArtifact(String path) {
        return perform(RunEndpoints.preview(path));
    }

    /** Asynchronous twin of {@link RunOperations#getMetrics(String, String)}. */
    default CompletableFuture<MetricTable> getMetrics(String project, String run) {
        return perform(RunEndpoints.metrics(project, run, List.of()));
    }

    /** Asynchronous twin of {@link RunOperations#getMetrics(String, String, List)}. */
    default CompletableFuture<MetricTable> getMetrics(String project, String run, List<String> metrics) {
        return perform(RunEndpoints.metrics(project, run, metrics));
    }

    /** Asynchronous twin of {@link RunOperations#getCurves}. */
    default CompletableFuture<List<MetricCurve>> getCurves(CurveQuery query) {
        return perform(RunEndpoints.curves(query));
    }

    /** Asynchronous twin of {@link RunOperations#compareMetrics}. */
    default CompletableFuture<List<RunMetrics>> compareMetrics(List<RunKey> runs, List<String> metrics) {
        return perform(RunEndpoints.compare(runs, metrics));
    }

    /** Asynchronous twin of {@link RunOperations#getMetricStatistics}. */
    default CompletableFuture<MetricStatistics> getMetricStatistics(String project, String run, String metric) {
        return perform(RunEndpoints.statistics(project, run, metric));
    }

    /** Asynchronous twin of {@link RunOperations#setNotes}. */
    default CompletableFuture<@Nullable Void> setNotes(String project, String run, String notes) {
        return perform(RunEndpoints.setNotes(project, run, notes));
    }

    /** Asynchronous twin of {@link RunOperations#setTags}. */
    default CompletableFuture<@Nullable Void> setTags(String project, String run, List<String> tags) {
        return perform(RunEndpoints.setTags(project, run, tags));
    }

    /** Asynchronous twin of {@link RunOperations#rerun(String, String)}. */
    default CompletableFuture<ExperimentJob> rerun(String project, String run) {
        return perform(RunEndpoints.rerun(project, run));
    }

    /** Asynchronous twin of {@link RunOperations#rerun(String, String, String)}. */
    default CompletableFuture<ExperimentJob> rerun(String project, String run, String config) {
        return perform(RunEndpoints.rerun(project, run, config));
    }

    /** Asynchronous twin of {@link RunOperations#deleteRun}. */
    default CompletableFuture<@Nullable Void> deleteRun(String project, String run) {
        return perform(RunEndpoints.delete(project, run));
    }
}
