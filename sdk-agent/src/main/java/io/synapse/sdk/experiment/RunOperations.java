package io.synapse.sdk.experiment;

import io.synapse.sdk.Performer;
import io.synapse.sdk.ResponseType;
import java.nio.file.Path;
import java.util.List;

/** Operations on runs (wire/experiments.md, section 2). */
public interface RunOperations extends Performer {
    /**
     * One run.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default Run getRun(String project, String run) {
        return perform(RunEndpoints.get(project, run));
    }

    /**
     * The configuration of a run.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default RunConfig getRunConfig(String project, String run) {
        return perform(RunEndpoints.config(project, run));
    }

    /**
     * The text logs of a run, as a whole.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default RunLogs getRunLogs(String project, String run) {
        return perform(RunEndpoints.logs(project, run));
    }

    /**
     * The files of a run.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default List<RunFile> listArtifacts(String project, String run) {
        return perform(RunEndpoints.artifacts(project, run));
    }

    /**
     * A file of a run, all in memory: for large ones see {@link #downloadArtifact(String, String, String, Path)}. The call
     * has no total time limit.
     *
     * @param path its path, as in {@link RunFile#path()}
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name or the path is not valid; nothing is sent then
     */
    default byte[] downloadArtifact(String project, String run, String path) {
        return perform(RunEndpoints.download(project, run, path, ResponseType.bytes()));
    }

    /**
     * Gets a file of a run, of any size. It is written beside the target first, so that the target has what it had before or
     * the whole file. The call has no total time limit.
     *
     * @param path its path, as in {@link RunFile#path()}
     * @param target the file to write, which is replaced if there is one
     * @return the target
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name or the path is not valid, or the target is a folder or in none:
     *     nothing is sent then; when the target cannot be written
     */
    default Path downloadArtifact(String project, String run, String path, Path target) {
        return perform(RunEndpoints.download(project, run, path, ResponseType.file(target)));
    }

    /**
     * A part of a file, for display.
     *
     * @param path its path below the folder of all logs: {@code demo/run_a.yaml}
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when the path is not valid; nothing is sent then
     */
    default ArtifactPreview previewArtifact(String path) {
        return perform(RunEndpoints.preview(path));
    }

    /**
     * All metrics of a run, row by row. For long runs see {@link #getCurves}.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default MetricTable getMetrics(String project, String run) {
        return perform(RunEndpoints.metrics(project, run, List.of()));
    }

    /**
     * Some metrics of a run, row by row, with the steps.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default MetricTable getMetrics(String project, String run, List<String> metrics) {
        return perform(RunEndpoints.metrics(project, run, metrics));
    }

    /**
     * Curves of several metrics of several runs, thinned out to what can be drawn. Unknown runs and metrics are left
     * out. At the original the client fetches all rows of each run and thins them out itself.
     */
    default List<MetricCurve> getCurves(CurveQuery query) {
        return perform(RunEndpoints.curves(query));
    }

    /**
     * Metrics of several runs, row by row. Unknown runs are left out.
     *
     * @param metrics none for all
     * @throws io.synapse.sdk.BadRequestException when there is no run; nothing is sent then
     */
    default List<RunMetrics> compareMetrics(List<RunKey> runs, List<String> metrics) {
        return perform(RunEndpoints.compare(runs, metrics));
    }

    /**
     * What can be said of one metric of a run.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default MetricStatistics getMetricStatistics(String project, String run, String metric) {
        return perform(RunEndpoints.statistics(project, run, metric));
    }

    /**
     * Sets the notes of a run.
     *
     * @param notes at most 2,000 characters
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid or the notes are too long; nothing is sent
     *     then
     */
    default void setNotes(String project, String run, String notes) {
        perform(RunEndpoints.setNotes(project, run, notes));
    }

    /**
     * Sets the tags of a run.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default void setTags(String project, String run, List<String> tags) {
        perform(RunEndpoints.setTags(project, run, tags));
    }

    /**
     * Queues the configuration of a run again, and returns the job.
     *
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name is not valid; nothing is sent then
     */
    default ExperimentJob rerun(String project, String run) {
        return perform(RunEndpoints.rerun(project, run));
    }

    /**
     * Queues a changed configuration of a run, and returns the job.
     *
     * @param config the configuration, in YAML
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws io.synapse.sdk.BadRequestException when a name or the configuration is not valid; nothing is sent then
     */
    default ExperimentJob rerun(String project, String run, String config) {
        return perform(RunEndpoints.rerun(project, run, config));
    }

    /**
     * Deletes a run and its files.
     *
     * @throws io.synapse.sdk.ConflictException while it is running
     * @throws io.synapse.sdk.NotFoundException when there is none
     * @throws UnsupportedByServerException at the original
     */
    default void deleteRun(String project, String run) {
        perform(RunEndpoints.delete(project, run));
    }
}
