package io.synapse.sdk.experiment;

import io.synapse.sdk.BadRequestException;
import io.synapse.sdk.Endpoint;
import io.synapse.sdk.HttpMethod;
import io.synapse.sdk.Operation;
import io.synapse.sdk.ResponseType;
import io.synapse.sdk.experiment.internal.ConfigText;
import io.synapse.sdk.experiment.internal.ExperimentDialect;
import io.synapse.sdk.experiment.internal.ExperimentNames;
import io.synapse.sdk.experiment.internal.ExperimentProtocol;
import io.synapse.sdk.experiment.internal.MetricAnswers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The requests of the blocking and the asynchronous run operations (wire/experiments.md, section 2). */
final class RunEndpoints {
    private static final int MAX_NOTES = 2000;

    private RunEndpoints() {}

    static Operation<Run> get(String project, String run) {
        return with(project, run, ExperimentDialect::getRun);
    }

    static Operation<RunConfig> config(String project, String run) {
        return with(project, run, (dialect, key) -> dialect.ask(request(key, "config"), RunConfig.class));
    }

    static Operation<RunLogs> logs(String project, String run) {
        return with(project, run, (dialect, key) -> dialect.ask(request(key, "logs"), RunLogs.class));
    }

    static Operation<List<RunFile>> artifacts(String project, String run) {
        return with(
                project,
                run,
                (dialect, key) -> dialect.askListField(request(key, "artifacts"), "artifacts", RunFile.class));
    }

    static <T> Operation<T> download(String project, String run, String path, ResponseType<T> content) {
        return with(
                project,
                run,
                (dialect, key) -> Endpoint.get("api/runs/{}/{}/artifacts/download", content, key.project(), key.run())
                        .query("file_path", ExperimentNames.checkConfigPath(path))
                        .callTimeout(Duration.ZERO));
    }

    static Operation<ArtifactPreview> preview(String path) {
        return Operation.deferred(() -> {
            Endpoint<Map<String, @Nullable Object>> request = Endpoint.get(
                            "api/artifacts/preview", ResponseType.object())
                    .query("path", ExperimentNames.checkConfigPath(path));
            return ExperimentProtocol.with(dialect -> dialect.ask(request, ArtifactPreview.class));
        });
    }

    static Operation<MetricTable> metrics(String project, String run, List<String> metrics) {
        return with(project, run, (dialect, key) -> dialect.metrics(key, metrics));
    }

    static Operation<List<MetricCurve>> curves(CurveQuery query) {
        return ExperimentProtocol.with(dialect -> dialect.curves(query));
    }

    static Operation<List<RunMetrics>> compare(List<RunKey> runs, List<String> metrics) {
        return Operation.deferred(() -> {
            if (runs.isEmpty()) {
                throw BadRequestException.refused("a comparison needs at least one run");
            }
            return ExperimentProtocol.with(dialect -> MetricAnswers.compared(dialect, runs, metrics));
        });
    }

    static Operation<MetricStatistics> statistics(String project, String run, String metric) {
        return with(
                project,
                run,
                (dialect, key) -> dialect.ask(
                        Endpoint.get("api/metrics/statistics/{}/{}", ResponseType.object(), key.project(), key.run())
                                .query("metric_name", metric),
                        MetricStatistics.class));
    }

    static Operation<@Nullable Void> setNotes(String project, String run, String notes) {
        return with(project, run, (dialect, key) -> {
            if (notes.length() > MAX_NOTES) {
                throw BadRequestException.refused(
                        "notes have at most " + MAX_NOTES + " characters, not " + notes.length());
            }
            return dialect.tell(patch(key, "notes", notes));
        });
    }

    static Operation<@Nullable Void> setTags(String project, String run, List<String> tags) {
        return with(project, run, (dialect, key) -> dialect.tell(patch(key, "tags", List.copyOf(tags))));
    }

    static Operation<ExperimentJob> rerun(String project, String run) {
        return with(project, run, (dialect, key) -> dialect.rerun(key, null));
    }

    static Operation<ExperimentJob> rerun(String project, String run, String config) {
        return with(project, run, (dialect, key) -> dialect.rerun(key, ConfigText.check(config)));
    }

    static Operation<@Nullable Void> delete(String project, String run) {
        return with(project, run, ExperimentDialect::deleteRun);
    }

    /** The names are checked before the server is asked what it is. */
    private static <T extends @Nullable Object> Operation<T> with(
            String project, String run, BiFunction<ExperimentDialect, RunKey, Operation<T>> operation) {
        return Operation.deferred(() -> {
            RunKey key = RunKey.of(project, run);
            return ExperimentProtocol.with(dialect -> operation.apply(dialect, key));
        });
    }

    private static Endpoint<Map<String, @Nullable Object>> request(RunKey run, String what) {
        return Endpoint.get("api/runs/{}/{}/" + what, ResponseType.object(), run.project(), run.run());
    }

    private static Endpoint<Map<String, @Nullable Object>> patch(RunKey run, String what, Object value) {
        return Endpoint.of(HttpMethod.PATCH, "api/runs/{}/{}/" + what, ResponseType.object(), run.project(), run.run())
                .json(Map.of(what, value))
                .idempotent();
    }
}
