package io.synapse.sdk.experiments.internal.run;

import static java.util.Comparator.naturalOrder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.synapse.sdk.experiments.internal.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a run.
 *
 * @param source of its rows
 * @param updatedAt when the record last changed
 * @param changedRunning when its files were last seen to change, in running time
 * @param columns of its CSV file, in order
 * @param stepColumn the column that has the steps
 * @param lastEpoch in the last row that says; null when none does
 * @param jobUid of the job that sent its files; null when none did
 * @param hyperparameters as JSON
 * @param finals the summaries as JSON; null when they are to be made of the table
 * @param warnings about its files
 * @param rows how many there are
 */
public record RunRecord(
        long id,
        String project,
        String name,
        Source source,
        String status,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        Instant updatedAt,
        long changedRunning,
        List<RunFile> files,
        List<String> columns,
        @Nullable String stepColumn,
        @Nullable Double lastEpoch,
        @Nullable String jobUid,
        JsonNode hyperparameters,
        @Nullable JsonNode finals,
        List<String> warnings,
        long rows,
        String notes,
        List<String> tags) {

    /** Where rows come from. */
    public enum Source {
        FILE,
        MLFLOW
    }

    /** What a query for runs selects. */
    static final String SELECT = """
            SELECT run.*, ifnull(extent.n, 0) AS n, annotation.notes, annotation.tags, job_file.uid AS job_uid FROM run
            LEFT JOIN extent ON extent.run = run.id
            LEFT JOIN annotation ON annotation.project = run.project AND annotation.run = run.name
            LEFT JOIN job_file ON job_file.project = run.project AND job_file.name = run.name || '.csv'
            """;

    static RunRecord of(ResultSet row) throws SQLException {
        @Nullable String finals = row.getString("finals");
        @Nullable String notes = row.getString("notes");
        return new RunRecord(
                row.getLong("id"),
                row.getString("project"),
                row.getString("name"),
                Source.valueOf(row.getString("source")),
                row.getString("status"),
                time(row, "started_at"),
                time(row, "finished_at"),
                Instant.ofEpochMilli(row.getLong("updated_at")),
                row.getLong("changed_running"),
                list(row.getString("files"), RunFile::of),
                list(row.getString("columns"), JsonNode::textValue),
                row.getString("step_column"),
                number(row, "last_epoch"),
                row.getString("job_uid"),
                Json.tree(row.getString("hyperparameters")),
                finals == null ? null : Json.tree(finals),
                list(row.getString("warnings"), JsonNode::textValue),
                row.getLong("n"),
                notes == null ? "" : notes,
                list(row.getString("tags"), JsonNode::textValue));
    }

    /** Its file of that kind. */
    public Optional<RunFile> file(RunFile.Kind kind) {
        return files.stream().filter(file -> file.kind() == kind).findFirst();
    }

    /** What was found of its files. */
    RunRecord read(String found, Instant now, long changed, List<RunFile> present, JsonNode config) {
        return new RunRecord(
                id,
                project,
                name,
                source,
                found,
                startedAt == null
                        ? present.stream()
                                .map(RunFile::modified)
                                .min(naturalOrder())
                                .orElseThrow()
                        : startedAt,
                RunStatus.isOver(found)
                        ? present.stream()
                                .map(RunFile::modified)
                                .max(naturalOrder())
                                .orElseThrow()
                        : null,
                now,
                changed,
                List.copyOf(present),
                columns,
                stepColumn,
                lastEpoch,
                jobUid,
                config,
                finals,
                warnings,
                rows,
                notes,
                tags);
    }

    /** What was found of its rows. */
    RunRecord table(
            List<String> names,
            @Nullable String step,
            @Nullable Double epoch,
            @Nullable JsonNode summaries,
            List<String> problems) {
        return new RunRecord(
                id,
                project,
                name,
                source,
                status,
                startedAt,
                finishedAt,
                updatedAt,
                changedRunning,
                files,
                names,
                step,
                epoch,
                jobUid,
                hyperparameters,
                summaries,
                problems,
                rows,
                notes,
                tags);
    }

    static <T> List<T> list(@Nullable String json, Function<JsonNode, T> read) {
        List<T> values = new ArrayList<>();
        if (json != null) {
            Json.tree(json).forEach(value -> values.add(read.apply(value)));
        }
        return List.copyOf(values);
    }

    static String json(List<RunFile> files) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        files.forEach(file -> array.add(file.json()));
        return array.toString();
    }

    private static @Nullable Double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
